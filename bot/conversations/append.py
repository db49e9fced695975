"""The one place where messages get their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, literal, update
from sqlalchemy.ext.asyncio import AsyncConnection

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


async def append(
    connection: AsyncConnection,
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
        )
        for offset, draft in enumerate(drafts)
    ]
    await connection.execute(
        insert(messages),
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
                "at": now,
            }
            for message, draft in zip(stored, drafts, strict=True)
        ],
    )
    await connection.execute(
        update(conversations)
        .where(conversations.c.id == held.id)
        .values(next_seq=seq + len(stored), last_message_at=now, **_first_responses(drafts, now))
    )
    return stored


def _first_responses(drafts: Sequence[Draft], now: datetime) -> dict[str, Any]:
    kinds = {draft.author.kind for draft in drafts}
    columns = []
    if kinds & {"bot", "agent"}:
        columns.append(conversations.c.first_response_at)
    if "agent" in kinds:
        columns.append(conversations.c.first_agent_response_at)
    moment = literal(now, UtcDateTime())
    return {column.name: func.coalesce(column, moment) for column in columns}
