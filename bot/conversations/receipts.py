"""When messages reached the shopper, and when they were seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.conversations.lookup import hold_conversation
from bot.conversations.tables import conversations, messages


def mark_delivered(connection: Connection, up_to: Mapping[str, int], now: datetime) -> None:
    """``up_to``: conversation id to the highest number that a browser of the shopper's has received."""
    for conversation_id, seq in sorted(up_to.items()):
        connection.execute(
            update(messages)
            .where(
                messages.c.conversation_id == conversation_id,
                messages.c.seq <= seq,
                messages.c.author_kind != "shopper",
                messages.c.delivered_at.is_(None),
            )
            .values(delivered_at=now)
        )


def mark_read(connection: Connection, conversation_id: str, seq: int, now: datetime) -> int | None:
    """The shopper has seen everything up to ``seq``; the number it now stands at, None if that is no news."""
    held = hold_conversation(connection, conversation_id)
    seen = min(seq, held.next_seq - 1)
    if seen <= held.read_seq:
        return None
    connection.execute(
        update(messages)
        .where(
            messages.c.conversation_id == conversation_id,
            messages.c.seq <= seen,
            messages.c.author_kind != "shopper",
            messages.c.read_at.is_(None),
        )
        .values(read_at=now)
    )
    connection.execute(update(conversations).where(conversations.c.id == conversation_id).values(read_seq=seen))
    return seen
