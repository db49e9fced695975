"""The record that goes with a conversation to a person: all that is known, so that the shopper need not repeat it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from bot.conversations.records import Conversation, Handoff, Turn
from bot.conversations.tables import handoffs, owner_changes
from bot.conversations.times import as_text
from bot.languages import language_of


@dataclass(frozen=True)
class HandoffRecord:
    """``from_seq`` to ``to_seq``: the transcript since the bot had the conversation, both ends included."""

    from_seq: int
    to_seq: int
    reason: str
    record: dict[str, Any]
    contact_email: str | None
    at: datetime


def keep_handoff(
    connection: Connection, held: Conversation, turn_id: str, handoff: Handoff, *, to_seq: int, now: datetime
) -> int:
    """The record's id. A signed-in shopper's address is known already, and is the contact unless they leave another."""
    email = held.customer.email if held.customer else ""
    kept = connection.execute(
        insert(handoffs).values(
            conversation_id=held.id,
            turn_id=turn_id,
            from_seq=_bot_began(connection, held.id),
            to_seq=to_seq,
            reason=handoff.reason[:100],
            record=handoff.record,
            contact_email=email or None,
            contact_at=now if email else None,
            at=now,
        )
    )
    return int(kept.inserted_primary_key[0])


def _bot_began(connection: Connection, conversation_id: str) -> int:
    last = select(func.max(owner_changes.c.after_seq)).where(
        owner_changes.c.conversation_id == conversation_id, owner_changes.c.to_kind == "bot"
    )
    return int((connection.execute(last)).scalar() or 0) + 1


def record_without_engine(
    turn: Turn, held: Conversation, state: dict[str, Any], failure: str, now: datetime
) -> dict[str, Any]:
    """The context record when the engine cannot give it: ``state`` is what it told after its last answered turn."""
    slots = state.get("slots") or {}
    tried = slots.get("tried") or []
    return {
        "language": language_of(held.speaks),
        "identity": {"customer": turn.context.get("customer"), "proved_orders": slots.get("proved_orders") or []},
        "order_snapshot": slots.get("order_snapshot"),
        "slots": slots,
        "form": state.get("form"),
        "tried": [
            *tried,
            {
                "at": as_text(now),
                "job": "answer_turn",
                "outcome": "failed",
                "reason": failure,
                "data": {"turn_id": turn.id, "message_seq": turn.message_seq, "attempts": turn.attempts},
            },
        ],
    }


def handoffs_of(connection: Connection, conversation_id: str) -> list[HandoffRecord]:
    """Oldest first."""
    rows = connection.execute(
        select(handoffs).where(handoffs.c.conversation_id == conversation_id).order_by(handoffs.c.id)
    )
    return [HandoffRecord(row.from_seq, row.to_seq, row.reason, row.record, row.contact_email, row.at) for row in rows]
