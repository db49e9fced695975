"""A shopper whose network and shop keep failing, with the widget's patience: every message is sent until taken."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

GIVE_UP_AFTER = 240.0  # seconds for one message
TRY_AGAIN_AFTER = 0.2


class Unanswered(AssertionError):
    """A message was not taken, or taken and never answered."""


@dataclass
class StubbornShopper:
    http: httpx.AsyncClient
    conversation_id: str = ""
    token: str = ""
    sent: list[str] = field(default_factory=list)  # client ids, in order
    seen: list[dict[str, Any]] = field(default_factory=list)
    owner: str = "bot"

    async def enter(self) -> None:
        opened = await self._until_taken("POST", "/chat/v1/conversations", json={})
        self.conversation_id, self.token = opened["conversation_id"], opened["token"]

    async def says(self, **what: Any) -> list[dict[str, Any]]:
        """Send one message, wait until it is answered (or a person's turn comes), give what was answered."""
        return await self._answers_to(await self.sends_only(**what))

    async def sends_only(self, **what: Any) -> int:
        """Send one message until it is taken; its number."""
        client_id = secrets.token_hex(8)
        self.sent.append(client_id)
        taken = await self._until_taken("POST", f"{self._path}/messages", json={"client_id": client_id, **what})
        seq: int = taken["seq"]
        return seq

    async def settles(self) -> None:
        """Wait until the bot has nothing more to say: the last message is not the shopper's, or people have it."""
        deadline = time.monotonic() + GIVE_UP_AFTER
        while time.monotonic() < deadline:
            await self.reads_all()
            if self.owner != "bot" or self.seen[-1]["author"]["kind"] == "bot":
                return
            await asyncio.sleep(TRY_AGAIN_AFTER)
        raise Unanswered(f"{self.conversation_id} never settled")

    async def presses(self, title: str) -> list[dict[str, Any]]:
        buttons = [button for message in reversed(self.seen) for button in message["buttons"]]
        value = next((button["value"] for button in buttons if button["title"] == title), None)
        if value is None:
            raise Unanswered(f"no button {title!r} in {[button['title'] for button in buttons]}")
        return await self.says(choice=value)

    async def submits(self, **values: Any) -> list[dict[str, Any]]:
        card = next(m["card"] for m in reversed(self.seen) if (m.get("card") or {}).get("submit"))
        return await self.says(choice=card["submit"], values={**card.get("values", {}), **values})

    async def reads_all(self) -> None:
        """Catch up with the log from its beginning, as a reloaded page does."""
        page = await self._until_taken("GET", f"{self._path}/messages", params={"after": 0})
        self.seen, self.owner = page["messages"], page["owner"]["kind"]

    @property
    def _path(self) -> str:
        return f"/chat/v1/conversations/{self.conversation_id}"

    async def _answers_to(self, seq: int) -> list[dict[str, Any]]:
        deadline = time.monotonic() + GIVE_UP_AFTER
        while time.monotonic() < deadline:
            await self.reads_all()
            answers = [m for m in self.seen if m["seq"] > seq and m["author"]["kind"] in {"bot", "system"}]
            if answers:
                return answers
            if self.owner != "bot":
                return []
            await asyncio.sleep(TRY_AGAIN_AFTER)
        raise Unanswered(f"message {seq} of {self.conversation_id} was never answered")

    async def _until_taken(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        deadline = time.monotonic() + GIVE_UP_AFTER
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        last = "nothing"
        while time.monotonic() < deadline:
            try:
                answer = await self.http.request(method, path, headers=headers, **request)
            except httpx.HTTPError as error:
                last = type(error).__name__
            else:
                if answer.is_success:
                    body: dict[str, Any] = answer.json()
                    return body
                if answer.status_code < 500 and answer.status_code != 429:
                    raise Unanswered(f"{method} {path} was refused: {answer.text}")
                last = str(answer.status_code)
            await asyncio.sleep(TRY_AGAIN_AFTER)
        raise Unanswered(f"{method} {path} was never taken; last: {last}")
