"""The one place where messages get their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column, bindparam, func, insert, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql.dml import Update

from bot.conversations.records import Author, Conversation, Message
from bot.conversations.tables import conversations, messages
from bot.conversations.times import UtcDateTime


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
    first_seq: int | None = None,
) -> list[Message]:
    """Store drafts under the next numbers. The caller holds the conversation (``hold_conversation``).

    ``first_seq``: the next free number, if this transaction has appended before and ``held`` is out of date.
    """
    if not drafts:
        return []
    seq = held.next_seq
    stored = [
        Message(
            seq=seq + offset,
            at=now,
            author=draft.author,
            text=draft.text,
            buttons=draft.buttons,
            card=draft.card,
            client_id=draft.client_id,
            turn_id=draft.turn_id,
            language=draft.language,
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
                "card": draft.card,
                "response": draft.response,
                "automatic": draft.automatic,
                "turn_id": draft.turn_id,
                "language": draft.language,
                "at": now,
            }
            for message, draft in zip(stored, drafts, strict=True)
        ],
    )
    connection.execute(
        _advance_by(drafts),
        {"conversation_id": held.id, "next_seq": seq + len(stored), "last_message_at": now, "now": now},
    )
    return stored


def _advance(*first_times: Column) -> Update:
    now = bindparam("now", type_=UtcDateTime())
    return (
        update(conversations)
        .where(conversations.c.id == bindparam("conversation_id"))
        .values(
            next_seq=bindparam("next_seq"),
            last_message_at=bindparam("last_message_at"),
            **{column.name: func.coalesce(column, now) for column in first_times},
        )
    )


_INSERT = insert(messages)
_ADVANCE = _advance()
_ADVANCE_BOT = _advance(conversations.c.first_response_at)
_ADVANCE_AGENT = _advance(conversations.c.first_response_at, conversations.c.first_agent_response_at)


def _advance_by(drafts: Sequence[Draft]) -> Update:
    kinds = {draft.author.kind for draft in drafts}
    if "agent" in kinds:
        return _ADVANCE_AGENT
    return _ADVANCE_BOT if "bot" in kinds else _ADVANCE
