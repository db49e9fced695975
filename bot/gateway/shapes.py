"""What shoppers' browsers may send, and what they get."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import BaseModel, Extra, StrictInt, StrictStr, root_validator, validator

from bot.conversations.post import Incoming
from bot.conversations.records import Message, Owner
from bot.conversations.times import as_text
from bot.gateway.card_labels import card_labels

MAX_TEXT = 2000
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")
MAX_SEQ = 2**31 - 1


def is_client_id(value: str) -> str:
    return _match(_CLIENT_ID, value)


class Shape(BaseModel):
    class Config:
        extra = Extra.forbid


class StartRequest(Shape):
    locale: StrictStr | None = None
    customer_token: StrictStr | None = None

    @validator("locale")
    def _is_locale(cls, value: str | None) -> str | None:
        return value if value is None else _match(_LOCALE, value)

    @validator("customer_token")
    def _is_short(cls, value: str | None) -> str | None:
        if value is not None and not 1 <= len(value) <= 4096:
            raise ValueError("length")
        return value


class PostRequest(Shape):
    client_id: StrictStr
    text: StrictStr | None = None
    choice: StrictStr | None = None
    values: dict[str, Any] | None = None
    photo: StrictStr | None = None

    _client_id = validator("client_id", allow_reuse=True)(is_client_id)

    @validator("choice", "photo")
    def _is_token(cls, value: str | None) -> str | None:
        return value if value is None else _match(_TOKEN, value)

    @validator("text")
    def _is_text(cls, value: str | None) -> str | None:
        if value is not None and (not 1 <= len(value) <= MAX_TEXT or not value.strip() or "\0" in value):
            raise ValueError("text")
        return value

    @validator("values")
    def _is_small(cls, value: dict[str, Any] | None) -> dict[str, Any] | None:
        # PostgreSQL keeps no NUL, neither in text nor in JSON.
        if value is not None and (len(value) > 50 or _has_nul(value)):
            raise ValueError("values")
        return value

    @root_validator(skip_on_failure=True)
    def _is_one_thing(cls, values: dict[str, Any]) -> dict[str, Any]:
        if sum(values[name] is not None for name in ("text", "choice", "photo")) != 1:
            raise ValueError("text, choice or photo")
        if values["values"] is not None and values["choice"] is None:
            raise ValueError("values without choice")
        return values

    def incoming(self) -> Incoming:
        return Incoming(self.client_id, self.text, self.choice, self.values or {}, self.photo)


def _is_seq(value: int | None) -> int | None:
    if value is not None and not 0 <= value <= MAX_SEQ:
        raise ValueError("a message's number")
    return value


class SeqRequest(Shape):
    seq: StrictInt

    _seq = validator("seq", allow_reuse=True)(_is_seq)


class HelloFrame(Shape):
    token: StrictStr
    after: StrictInt = StrictInt(0)
    redrawn: StrictInt = StrictInt(0)  # the last revision that the client has heard of

    _after = validator("after", "redrawn", allow_reuse=True)(_is_seq)


class ClientFrame(Shape):
    type: Literal["typing", "read"]
    seq: StrictInt | None = None

    _seq = validator("seq", allow_reuse=True)(_is_seq)


def message_json(message: Message) -> dict[str, Any]:
    """A message as the chat API shows it."""
    author: dict[str, str] = {"kind": message.author.kind}
    if message.author.name:
        author["name"] = message.author.name
    shown: dict[str, Any] = {
        "seq": message.seq,
        "at": as_text(message.at),
        "author": author,
        "text": message.text,
        "buttons": message.buttons,
    }
    if message.client_id is not None:
        shown["client_id"] = message.client_id
    if message.language is not None:
        shown["language"] = message.language
    if message.revision:
        shown["revision"] = message.revision
    if message.card is not None:
        shown["card"] = message.card
        if labels := card_labels(str(message.card.get("type")), message.language or ""):
            shown["labels"] = labels
    return shown


def owner_json(owner: Owner) -> dict[str, str]:
    return {"kind": owner.kind, "name": owner.name} if owner.name else {"kind": owner.kind}


def _match(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise ValueError(pattern.pattern)
    return value


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_nul(key) or _has_nul(entry) for key, entry in value.items())
    return isinstance(value, list) and any(_has_nul(entry) for entry in value)
