"""One store's HTTP door, the same for every adapter: reads are tried again, writes are sent once, a circuit opens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

import httpx
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import OpenedState
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from bot.store.answers import Misunderstood, Nonsense, Passing
from bot.store.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    NotSupported,
    OutcomeUnknown,
    RateLimited,
    Unavailable,
)
from bot.store.patience import Patience

Result = TypeVar("Result")
Parse = Callable[[httpx.Response], Result]
Query = Mapping[str, str | int | list[str]]
Admit = Callable[[], None]  # asked before every request; raises ``RateLimited`` while none may be sent

# The store is well when it refuses: none of these counts towards opening the circuit.
ANSWERS = [Conflict, Invalid, NotAllowed, NotFound, NotSupported, RateLimited, Misunderstood]
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.LocalProtocolError)


class StoreConnection:
    """Use one instance in one event loop, and close it.

    ``parse`` turns an answer into its result; it raises a ``StoreError`` for what the store refuses, ``Passing`` for
    what may work in a moment, and ``Nonsense`` for an answer that this API never gives. Reads are tried again after
    transport errors, ``Passing`` and ``Nonsense``. Writes are sent once: one that may have arrived and whose answer
    is missing or nonsense raises ``OutcomeUnknown``. After several failures in a row the circuit opens: calls fail
    at once. A store that is busy for a moment is waited for, by reads and writes: it has done nothing yet.
    """

    def __init__(
        self,
        base_url: str,
        *,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._base_url = base_url
        self._headers = dict(headers or {})
        self._auth = auth
        self._patience = patience or Patience()
        self._client: httpx.AsyncClient | None = None
        self._breakers = AsyncCircuitBreakerFactory(
            default_threshold=self._patience.failures_to_open,
            default_ttl=self._patience.open_for,
            exclude=list(ANSWERS),
        )

    async def read(
        self,
        method: str,
        path: str,
        parse: Parse[Result],
        *,
        body: str | None = None,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
        admit: Admit | None = None,
    ) -> Result:
        """Raises ``Unavailable`` when no attempt got an answer, else what ``parse`` or ``admit`` raises."""

        async def once() -> Result:
            with _opened_is_unavailable():
                async with await self._breakers.get_breaker("store"):
                    try:
                        return parse(await self._send(method, path, body, query, headers))
                    except (httpx.HTTPError, asyncio.TimeoutError, Nonsense) as failure:
                        raise Passing(_sentence(failure)) from failure

        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(Passing),
            stop=stop_after_attempt(self._patience.read_attempts),
            wait=wait_random_exponential(multiplier=self._patience.first_pause, max=self._patience.longest_pause),
            reraise=True,
        ):
            with attempt:
                return await self._in_its_turn(once, admit)
        raise AssertionError("tenacity gives at least one attempt")

    async def write(
        self,
        method: str,
        path: str,
        parse: Parse[Result],
        *,
        key: str,
        body: str | None = None,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
        admit: Admit | None = None,
    ) -> Result:
        """Raises ``Unavailable`` when nothing was sent, ``OutcomeUnknown`` when nobody knows, else like ``read``."""

        async def once() -> Result:
            with _opened_is_unavailable():
                async with await self._breakers.get_breaker("store"):
                    try:
                        return parse(await self._send(method, path, body, query, headers))
                    except NEVER_SENT as failure:
                        raise Unavailable(_sentence(failure)) from failure
                    except (httpx.HTTPError, asyncio.TimeoutError, Nonsense) as failure:
                        raise OutcomeUnknown(key) from failure

        return await self._in_its_turn(once, admit)

    async def close(self) -> None:
        """Release connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _in_its_turn(self, once: Callable[[], Awaitable[Result]], admit: Admit | None) -> Result:
        """Many shoppers at once are answered a little later; only a store that is busy for long is said to be."""
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(RateLimited),
            stop=stop_before_delay(self._patience.busy),
            wait=self._as_told,
            reraise=True,
        ):
            with attempt:
                if admit is not None:
                    admit()
                return await once()
        raise AssertionError("tenacity gives at least one attempt")

    def _as_told(self, state: RetryCallState) -> float:
        busy = state.outcome.exception() if state.outcome else None
        told = busy.retry_after if isinstance(busy, RateLimited) else 0.0
        return max(told, self._patience.first_pause)

    async def _send(
        self, method: str, path: str, body: str | None, query: Query | None, headers: Mapping[str, str] | None
    ) -> httpx.Response:
        given = {"Content-Type": "application/json"} if body is not None else {}
        sending = self._http().request(method, path, params=query, content=body, headers={**given, **(headers or {})})
        return await asyncio.wait_for(sending, self._patience.total)

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            patience = self._patience
            self._client = httpx.AsyncClient(
                base_url=self._base_url,
                headers=self._headers,
                auth=self._auth,
                timeout=httpx.Timeout(patience.read, connect=patience.connect),
                # Shorter than the store's own, so that no request meets a connection just being closed.
                limits=httpx.Limits(max_connections=50, keepalive_expiry=20),
                trust_env=False,
            )
        return self._client


@contextmanager
def already_begun(key: str) -> Iterator[None]:
    """Around every step of a write but its first: when one of these fails, something was written."""
    try:
        yield
    except (Unavailable, RateLimited) as failure:
        raise OutcomeUnknown(key) from failure


@contextmanager
def _opened_is_unavailable() -> Iterator[None]:
    try:
        yield
    except OpenedState as opened:
        raise Unavailable("the store failed several times in a row and is left alone for a while") from opened


def _sentence(failure: BaseException) -> str:
    return f"the store does not answer properly ({type(failure).__name__})"
