"""When messages reached the shopper, and when they were seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, text, update
from sqlalchemy.engine import Connection

from bot.conversations.lookup import hold_conversation
from bot.conversations.tables import conversations, messages
from bot.conversations.times import UtcDateTime

_THEIRS = (
    messages.c.conversation_id == bindparam("of"),
    messages.c.seq <= bindparam("up_to"),
    messages.c.author_kind != text("'shopper'"),
)
_AT = bindparam("now", type_=UtcDateTime())
_DELIVERED = update(messages).where(*_THEIRS, messages.c.delivered_at.is_(None)).values(delivered_at=_AT)
_READ = update(messages).where(*_THEIRS, messages.c.read_at.is_(None)).values(read_at=_AT)
_READ_SEQ = update(conversations).where(conversations.c.id == bindparam("of")).values(read_seq=bindparam("seen"))


def mark_delivered(connection: Connection, up_to: Mapping[str, int], now: datetime) -> None:
    """``up_to``: conversation id to the highest number that a browser of the shopper's has received."""
    reached = [{"of": conversation_id, "up_to": seq, "now": now} for conversation_id, seq in sorted(up_to.items())]
    if reached:
        connection.execute(_DELIVERED, reached)


def mark_read(connection: Connection, conversation_id: str, seq: int, now: datetime) -> int | None:
    """The shopper has seen everything up to ``seq``; the number it now stands at, None if that is no news."""
    held = hold_conversation(connection, conversation_id)
    seen = min(seq, held.next_seq - 1)
    if seen <= held.read_seq:
        return None
    connection.execute(_READ, {"of": conversation_id, "up_to": seen, "now": now})
    connection.execute(_READ_SEQ, {"of": conversation_id, "seen": seen})
    return seen
