"""The way to the action server: one kept connection pool, a short time-out, and errors that stay errors."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

CONNECT_WITHIN = 2.0  # seconds
KEEP_ALIVE = 4  # seconds; the action server closes an idle connection after 5


class ActionServerDown(Exception):
    """The action server cannot be reached: nothing of the turn may be kept, it can be run again."""


class ActionFailed(Exception):
    """The action server was reached and the action failed.

    Deliberately no ``RasaException``: Rasa swallows those while it extracts slots.
    """

    def __init__(self, action: str, error: str) -> None:
        super().__init__(f"{action}: {error}")
        self.action = action
        self.error = error


class ActionEndpoint(EndpointConfig):
    """Rasa's action endpoint, over one connection pool of this process. ``within``: seconds for one action."""

    def __init__(self, url: str, within: float) -> None:
        super().__init__(url=url, enable_selective_domain=True)
        self._within = aiohttp.ClientTimeout(total=within, connect=CONNECT_WITHIN)
        self._pool: aiohttp.ClientSession | None = None

    async def request(self, method: str = "post", json: Any = None, compress: bool = False, **_: Any) -> Any:
        """Run one action.

        Args:
            method: ``post``.
            json: Rasa's call: ``next_action``, ``tracker`` and the like.
            compress: whether the body is deflated.

        Returns:
            the action's events and responses.

        Raises:
            ActionServerDown: no connection, twice.
            ActionFailed: the action raised, is unknown, or took too long.
            ClientResponseError: status 400, by which an action refuses to run; Rasa then asks its other policies.
        """
        action = json["next_action"]
        try:
            try:
                return await self._post(method, json, compress)
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
                # A kept connection that the server closed meanwhile. A write has the turn's key, so twice is once.
                return await self._post(method, json, compress)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError) as error:
            raise ActionServerDown(f"The action server at {self.url} does not answer.") from error
        except asyncio.TimeoutError as error:
            raise ActionFailed(action, "TimeoutError") from error
        except aiohttp.ClientPayloadError as error:
            raise ActionFailed(action, type(error).__name__) from error

    async def close(self) -> None:
        if self._pool:
            await self._pool.close()

    async def _post(self, method: str, call: dict[str, Any], compress: bool) -> Any:
        if self._pool is None:  # made here: it belongs to the running loop
            connector = aiohttp.TCPConnector(keepalive_timeout=KEEP_ALIVE, limit=100)
            self._pool = aiohttp.ClientSession(connector=connector, timeout=self._within)
        async with self._pool.request(method, self.url, json=call, compress=compress or None) as answer:
            body = await answer.read()
            if answer.status == 400 and _is_rejection(body):
                raise ClientResponseError(answer.status, answer.reason, body.decode())
            if answer.status != 200:
                raise ActionFailed(call["next_action"], f"HTTP {answer.status}")
            return json.loads(body)


def _is_rejection(body: bytes) -> bool:
    try:
        return "action_name" in json.loads(body)
    except ValueError:
        return False
