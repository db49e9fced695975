"""An agent as a client of the desk API: signed in, with the header that every change needs."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import websockets.client

from bot.desk.people.agent import Agent
from tests.desk.processes import PASSWORD
from tests.gateway.shopper import Tab

API = "/desk/v1"


class DeskClient:
    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.AsyncClient(base_url=url + API, timeout=40, trust_env=False)
        self.agent: dict[str, Any] = {}
        self.csrf = ""

    @property
    def id(self) -> str:
        agent_id: str = self.agent["id"]
        return agent_id

    async def log_in(self, who: Agent | str, password: str = PASSWORD) -> DeskClient:
        """``who``: an agent or an email address."""
        answer = await self.try_log_in(who, password)
        assert answer.status_code == 200, answer.text
        self.agent, self.csrf = answer.json()["agent"], answer.json()["csrf"]
        return self

    async def try_log_in(self, who: Agent | str, password: str = PASSWORD) -> httpx.Response:
        email = who if isinstance(who, str) else who.email
        return await self.http.post("/login", json={"email": email, "password": password})

    async def request(self, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        """``path`` begins after /desk/v1. Cookie and, but for GET, the CSRF header go with it."""
        headers = {**({} if method == "GET" else {"X-CSRF-Token": self.csrf}), **more.pop("headers", {})}
        return await self.http.request(method, path, json=body, headers=headers, **more)

    async def get(self, path: str, **params: Any) -> dict[str, Any]:
        return _answered(await self.request("GET", path, params=params))

    async def post(self, path: str, body: Any = None) -> dict[str, Any]:
        """A POST that must succeed; its JSON."""
        return _answered(await self.request("POST", path, body if body is not None else {}))

    async def put(self, path: str, body: Any) -> dict[str, Any]:
        return _answered(await self.request("PUT", path, body))

    async def delete(self, path: str) -> dict[str, Any]:
        return _answered(await self.request("DELETE", path))

    async def refused(self, method: str, path: str, body: Any = None) -> tuple[int, str, dict[str, Any]]:
        """Status, code and all of the problem."""
        answer = await self.request(method, path, body if body is not None or method == "GET" else {})
        assert answer.status_code >= 400, answer.text
        return answer.status_code, answer.json()["code"], answer.json()

    @asynccontextmanager
    async def stream(self, after: int = 0, **hello: Any) -> AsyncIterator[Tab]:
        """The desk's socket with its first frame sent; ``hello`` replaces members of that frame."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        async with websockets.client.connect(
            f"{self.url.replace('http', 'ws')}{API}/stream", extra_headers={"Cookie": cookies}
        ) as socket:
            await socket.send(json.dumps({"type": "hello", "csrf": self.csrf, "after": after, **hello}))
            yield Tab(socket)

    async def leave(self) -> None:
        await self.http.aclose()


def _answered(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code < 300, answer.text
    found: dict[str, Any] = answer.json() if answer.content else {}
    return found
