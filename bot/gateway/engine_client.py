"""Asks the dialogue engine for one turn's answer, as docs/contracts.md describes it."""

from __future__ import annotations

import time
from typing import Any

import httpx
from pydantic import BaseModel, ConstrainedStr, Field, ValidationError, validator

from bot.conversations.records import Answer, Handoff, Reply, Turn

_PASSING = frozenset({408, 429, 502, 503, 504})  # the same turn may be sent again


class EngineFailed(Exception):
    """No answer. ``code`` says why; ``lasting``: asking again would not help."""

    def __init__(self, code: str, *, lasting: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.lasting = lasting


class _Language(ConstrainedStr):
    regex = r"^[a-z]{2,3}$"


class _Button(BaseModel):
    title: str
    payload: str


class _Reply(BaseModel):
    response: str | None = None
    text: str = ""
    buttons: list[_Button] = Field(default_factory=list)
    card: dict[str, Any] | None = None

    @validator("text", pre=True)
    def _no_text(cls, value: Any) -> Any:
        return "" if value is None else value

    @validator("buttons", pre=True)
    def _no_buttons(cls, value: Any) -> Any:
        return [] if value is None else value

    @validator("card")
    def _has_type(cls, value: dict[str, Any] | None) -> dict[str, Any] | None:
        if value is not None and not (isinstance(value.get("type"), str) and isinstance(value.get("submit", ""), str)):
            raise ValueError("card")
        return value


class _Intent(BaseModel):
    name: str | None = None
    confidence: float | None = None


class _Handoff(BaseModel):
    reason: str
    record: dict[str, Any]


class _Answer(BaseModel):
    turn_id: str
    language: _Language | None = None
    replies: list[_Reply]
    intent: _Intent | None = None
    actions: list[dict[str, Any]] = Field(default_factory=list)
    handoff: _Handoff | None = None
    state: dict[str, Any] = Field(default_factory=dict)
    milliseconds: float | None = None


class EngineClient:
    def __init__(self, url: str, key: str, timeout: float) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {key}"},
            timeout=httpx.Timeout(timeout, connect=2.0),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=32),
            trust_env=False,
        )

    async def run(self, turn: Turn) -> Answer:
        """Raises ``EngineFailed``."""
        body = {
            "turn_id": turn.id,
            "conversation_id": turn.conversation_id,
            "input": turn.input,
            "context": turn.context,
        }
        began = time.perf_counter()
        try:
            response = await self._client.post("/webhooks/turns/run", json=body)
        except httpx.TimeoutException as error:
            raise EngineFailed("timeout") from error
        except httpx.HTTPError as error:
            raise EngineFailed("unreachable") from error
        if response.status_code != 200:
            raise EngineFailed(f"status_{response.status_code}", lasting=response.status_code not in _PASSING)
        try:
            answer = _Answer.parse_raw(response.content)
        except ValidationError as error:
            raise EngineFailed("bad_answer", lasting=True) from error
        if answer.turn_id != turn.id:
            raise EngineFailed("other_turn")
        return _as_answer(answer, (time.perf_counter() - began) * 1000)

    async def close(self) -> None:
        await self._client.aclose()


def _as_answer(answer: _Answer, milliseconds: float) -> Answer:
    replies = [
        Reply(reply.text, reply.response, [button.dict() for button in reply.buttons], reply.card)
        for reply in answer.replies
        if reply.text or reply.buttons or reply.card
    ]
    if not replies and answer.handoff is None:
        # Silence would leave the shopper without an answer and nobody who knows.
        raise EngineFailed("empty_answer", lasting=True)
    return Answer(
        replies=replies,
        handoff=Handoff(answer.handoff.reason, answer.handoff.record) if answer.handoff else None,
        intent=answer.intent.name if answer.intent else None,
        confidence=answer.intent.confidence if answer.intent else None,
        actions=answer.actions,
        state=answer.state,
        engine_milliseconds=answer.milliseconds,
        milliseconds=milliseconds,
        language=answer.language,
    )
