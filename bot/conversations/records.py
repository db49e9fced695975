"""The log's rows as the rest of Ramah sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

OwnerKind = Literal["bot", "queue", "agent"]
AuthorKind = Literal["shopper", "bot", "agent", "system"]
Status = Literal["open", "snoozed", "resolved"]  # with people; a bot's conversation is open
TurnState = Literal["waiting", "running", "done", "dropped", "queued"]

FINAL_TURN_STATES: frozenset[str] = frozenset({"done", "dropped", "queued"})


@dataclass(frozen=True)
class Owner:
    """Who answers the conversation now; ``id`` and ``name`` only for an agent."""

    kind: OwnerKind
    id: str | None = None
    name: str | None = None


BOT = Owner("bot")
QUEUE = Owner("queue")


@dataclass(frozen=True)
class Author:
    kind: AuthorKind
    id: str | None = None
    name: str | None = None


SHOPPER = Author("shopper")
BOT_AUTHOR = Author("bot")
SYSTEM = Author("system")


@dataclass(frozen=True)
class Customer:
    """A shopper the shop has vouched for with its signature."""

    id: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Conversation:
    id: str
    owner: Owner
    next_seq: int
    read_seq: int
    locale: str
    time_zone: str
    customer: Customer | None
    token_expires_at: datetime
    language: str | None = None
    status: Status = "open"
    reason: str = ""  # of the latest handoff
    resolved_at: datetime | None = None

    @property
    def speaks(self) -> str:
        """The language, or the page's locale while nobody has told it."""
        return self.language or self.locale


@dataclass(frozen=True)
class Message:
    seq: int
    at: datetime
    author: Author
    text: str
    buttons: list[dict[str, str]] = field(default_factory=list)  # title, value (an opaque token)
    card: dict[str, Any] | None = None
    client_id: str | None = None
    turn_id: str | None = None
    language: str | None = None  # of what bot and gateway say
    response: str | None = None  # which response wrote it
    revision: int = 0  # of the conversation, when the card was last drawn anew


@dataclass(frozen=True)
class Turn:
    """A shopper's message that the bot must answer."""

    id: str
    conversation_id: str
    message_seq: int
    attempts: int
    failures: int
    first_failed_at: datetime | None
    input: dict[str, Any]
    context: dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What the bot says: ``buttons`` and the card's ``submit`` still carry the engine's payloads."""

    text: str
    response: str | None = None
    buttons: list[dict[str, str]] = field(default_factory=list)  # title, payload
    card: dict[str, Any] | None = None


@dataclass(frozen=True)
class Handoff:
    """Why a person must go on, and the context record that spares the shopper from saying it all again."""

    reason: str
    record: dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the engine made of a turn."""

    replies: list[Reply]
    handoff: Handoff | None = None
    intent: str | None = None
    confidence: float | None = None
    actions: list[dict[str, Any]] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)
    engine_milliseconds: float | None = None
    milliseconds: float | None = None
    language: str | None = None
