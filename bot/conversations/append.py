"""The one place where messages get their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column, bindparam, func, insert, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql.dml import Update

from bot.conversations.order_of_card import card_and_order
from bot.conversations.records import Author, Conversation, Message
from bot.conversations.tables import conversations, messages
from bot.conversations.times import UtcDateTime
from bot.conversations.waiting import NOBODY_WAITS, STANDINGS, Standing, tick


@dataclass(frozen=True)
class Draft:
    """A message before it has a number."""

    author: Author
    text: str
    buttons: list[dict[str, str]] = field(default_factory=list)
    card: dict[str, Any] | None = None
    client_id: str | None = None
    fingerprint: str | None = None
    response: str | None = None
    automatic: bool = False
    turn_id: str | None = None
    language: str | None = None


def append(
    connection: Connection,
    held: Conversation,
    drafts: Sequence[Draft],
    now: datetime,
    *,
    standing: Standing = "as_it_is",
    due_at: datetime | None = None,
) -> list[Message]:
    """Store drafts under the next numbers. The caller holds the conversation (``hold_conversation``).

    Args:
        standing: how the conversation stands with people now.
        due_at: when an answer is due, if ``standing`` is "waits" and nobody waited before.
    """
    if not drafts:
        return []
    seq = held.next_seq
    shown = [card_and_order(draft.card) for draft in drafts]
    stored = [
        Message(
            seq=seq + offset,
            at=now,
            author=draft.author,
            text=draft.text,
            buttons=draft.buttons,
            card=shown[offset][0],
            client_id=draft.client_id,
            turn_id=draft.turn_id,
            language=draft.language,
            response=draft.response,
        )
        for offset, draft in enumerate(drafts)
    ]
    connection.execute(
        _INSERT,
        [
            {
                "conversation_id": held.id,
                "seq": message.seq,
                "client_id": draft.client_id,
                "fingerprint": draft.fingerprint,
                "author_kind": draft.author.kind,
                "author_id": draft.author.id,
                "author_name": draft.author.name,
                "text": draft.text,
                "buttons": draft.buttons,
                "card": message.card,
                "order_id": order_id,
                "response": draft.response,
                "automatic": draft.automatic,
                "turn_id": draft.turn_id,
                "language": draft.language,
                "at": now,
            }
            for message, draft, (_, order_id) in zip(stored, drafts, shown, strict=True)
        ],
    )
    if standing != "as_it_is":
        tick(connection)
    advanced: dict[str, Any] = {
        "conversation_id": held.id,
        "next_seq": seq + len(stored),
        "last_message_at": now,
        "now": now,
        "seen": stored[-1].seq,
        "due": due_at,
    }
    connection.execute(_ADVANCES[_author_of(drafts), standing], advanced)
    return stored


def _author_of(drafts: Sequence[Draft]) -> str:
    """Whose words count for the times of the first response."""
    kinds = {draft.author.kind for draft in drafts}
    return next((kind for kind in ("agent", "bot") if kind in kinds), "shopper")


def _advance(author: str, standing: Standing) -> Update:
    """One statement for everything that a message changes in its conversation's row."""
    now = bindparam("now", type_=UtcDateTime())
    values: dict[str, Any] = {"next_seq": bindparam("next_seq"), "last_message_at": bindparam("last_message_at")}
    for column in _FIRST_TIMES[author]:
        values[column.name] = func.coalesce(column, now)
    if author == "agent":
        values |= NOBODY_WAITS
    values |= STANDINGS[standing]
    return update(conversations).where(conversations.c.id == bindparam("conversation_id")).values(**values)


_FIRST_TIMES: dict[str, tuple[Column, ...]] = {
    "shopper": (),
    "bot": (conversations.c.first_response_at,),
    "agent": (conversations.c.first_response_at, conversations.c.first_agent_response_at),
}
_INSERT = insert(messages)
# Built once: building one costs as much as running it.
_ADVANCES = {(author, standing): _advance(author, standing) for author in _FIRST_TIMES for standing in STANDINGS}
