"""An agent whose network and shop keep failing: every deed is repeated until the desk has answered it."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.faults.stubborn_shopper import GIVE_UP_AFTER, TRY_AGAIN_AFTER


class NotDone(AssertionError):
    """The desk never answered, or refused what it should not."""


@dataclass
class StubbornAgent:
    http: httpx.AsyncClient
    email: str
    password: str
    name: str
    id: str = ""
    csrf: str = ""
    sent: dict[str, list[str]] = field(default_factory=dict)  # client ids by conversation

    async def log_in(self) -> None:
        answer = await self._until_answered("POST", "/login", {"email": self.email, "password": self.password})
        self.csrf, self.id = answer.json()["csrf"], answer.json()["agent"]["id"]

    @property
    def cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())

    async def claims(self, conversation_id: str) -> bool:
        """Whether it is this agent's now; of an answer that was lost, the second claim tells."""
        answer = await self._until_answered("POST", f"/conversations/{conversation_id}/claim")
        if answer.is_success:
            return True
        self._expect(answer, "already_taken")
        return bool(answer.json()["owner"].get("id") == self.id)

    async def writes(self, conversation_id: str, text: str) -> int:
        """The message's number."""
        client_id = secrets.token_hex(8)
        self.sent.setdefault(conversation_id, []).append(client_id)
        path = f"/conversations/{conversation_id}/messages"
        answer = await self._until_answered("POST", path, {"client_id": client_id, "text": text})
        self._expect(answer)
        seq: int = answer.json()["seq"]
        return seq

    async def fills(self, conversation_id: str, slot: str, value: Any) -> None:
        self._expect(
            await self._until_answered("PUT", f"/conversations/{conversation_id}/fields/{slot}", {"value": value})
        )

    async def cancels(self, conversation_id: str, order_id: str) -> str:
        """Cancel the order from the desk; the state in which the job ended."""
        path = f"/conversations/{conversation_id}/jobs"
        wish = {"order_id": order_id, "reason": "ordered_by_mistake"}
        previewed = await self._until_answered("POST", f"{path}/cancel/preview", wish)
        self._expect(previewed)
        done = await self._until_answered("POST", f"{path}/confirm", {"preview_id": previewed.json()["preview_id"]})
        self._expect(done)
        state: str = done.json()["state"]
        return state

    async def hands_back(self, conversation_id: str) -> None:
        answer = await self._until_answered("POST", f"/conversations/{conversation_id}/hand_back", {})
        if not answer.is_success:
            self._expect(answer, "not_owner")  # the first time was carried out and its answer lost

    @staticmethod
    def _expect(answer: httpx.Response, refusal: str = "") -> None:
        if not answer.is_success and answer.json().get("code") != refusal:
            raise NotDone(f"{answer.request.method} {answer.request.url.path}: {answer.text}")

    async def _until_answered(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        deadline = time.monotonic() + GIVE_UP_AFTER
        last = "nothing"
        while time.monotonic() < deadline:
            try:
                headers = {"X-CSRF-Token": self.csrf}
                answer = await self.http.request(method, f"/desk/v1{path}", json=body or {}, headers=headers)
            except httpx.HTTPError as error:
                last = type(error).__name__
            else:
                if answer.status_code < 500 and answer.status_code != 429:
                    return answer
                last = answer.text
            await asyncio.sleep(TRY_AGAIN_AFTER)
        raise NotDone(f"{method} {path} was never answered; last: {last}")
