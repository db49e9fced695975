"""A shopper's client: the chat API's HTTP calls and its socket."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import websockets.client

WAIT = 30.0


class Shopper:
    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.AsyncClient(base_url=url, timeout=40, trust_env=False)
        self.id = ""
        self.token = ""

    async def enter(self, **wish: Any) -> Shopper:
        answer = await self.http.post("/chat/v1/conversations", json=wish)
        assert answer.status_code == 201, answer.text
        self.id, self.token = answer.json()["conversation_id"], answer.json()["token"]
        return self

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def path(self) -> str:
        return f"/chat/v1/conversations/{self.id}"

    async def post(self, *, wait: float | None = None, client_id: str = "", **what: Any) -> httpx.Response:
        body = {"client_id": client_id or secrets.token_hex(8), **what}
        params = {} if wait is None else {"wait": wait}
        return await self.http.post(f"{self.path}/messages", params=params, json=body, headers=self.headers)

    async def ask(self, text: str, **more: Any) -> list[dict[str, Any]]:
        return await self.replies(text=text, **more)

    async def replies(self, **what: Any) -> list[dict[str, Any]]:
        answer = await self.post(wait=WAIT, **what)
        assert answer.status_code == 200, answer.text
        replies: list[dict[str, Any]] = answer.json()["replies"]
        return replies

    async def messages(self, after: int = 0) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.page(after))["messages"]
        return found

    async def owner(self) -> str:
        kind: str = (await self.page())["owner"]["kind"]
        return kind

    async def page(self, after: int = 0) -> dict[str, Any]:
        answer = await self.http.get(f"{self.path}/messages", params={"after": after}, headers=self.headers)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        return page

    @asynccontextmanager
    async def tab(self, after: int = 0, redrawn: int = 0) -> AsyncIterator[Tab]:
        async with websockets.client.connect(f"{self.url.replace('http', 'ws')}{self.path}/stream") as socket:
            await socket.send(json.dumps({"token": self.token, "after": after, "redrawn": redrawn}))
            yield Tab(socket)

    async def leave(self) -> None:
        await self.http.aclose()


class Tab:
    """One open socket."""

    def __init__(self, socket: websockets.client.WebSocketClientProtocol) -> None:
        self.socket = socket
        self.frames: list[dict[str, Any]] = []

    @property
    def seqs(self) -> list[int]:
        return [frame["message"]["seq"] for frame in self.frames if frame["type"] == "message"]

    async def until(self, **wanted: Any) -> dict[str, Any]:
        """Read until a frame has all of ``wanted``."""
        while True:
            frame = json.loads(await asyncio.wait_for(self.socket.recv(), WAIT))
            self.frames.append(frame)
            if all(frame.get(name) == value for name, value in wanted.items()):
                return frame

    async def until_seq(self, seq: int) -> dict[str, Any]:
        while seq not in self.seqs:
            await self.until(type="message")
        return next(f["message"] for f in self.frames if f["type"] == "message" and f["message"]["seq"] == seq)
