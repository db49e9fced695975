"""Where the bot stood when people got the conversation: its slots, its form and what that asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.conversations.tables import handoffs, turns


@dataclass(frozen=True)
class FormState:
    """``form``, ``asks``: empty where none is open."""

    slots: dict[str, Any]
    form: str
    asks: str
    since_seq: int  # the last message of that moment; what came after was said to people


def form_state(connection: Connection, conversation_id: str) -> FormState:
    """The latest of what the engine told with a turn, and of what went with a handoff."""
    told = connection.execute(
        select(turns.c.engine_state, turns.c.message_seq)
        .where(turns.c.conversation_id == conversation_id, turns.c.engine_state.isnot(None))
        .order_by(turns.c.message_seq.desc())
        .limit(1)
    ).first()
    handed = connection.execute(
        select(handoffs.c.record, handoffs.c.to_seq)
        .where(handoffs.c.conversation_id == conversation_id)
        .order_by(handoffs.c.id.desc())
        .limit(1)
    ).first()
    if handed is not None and (told is None or told.message_seq <= handed.to_seq):
        return _state(handed.record, handed.to_seq)
    return _state(told.engine_state, told.message_seq) if told is not None else FormState({}, "", "", 0)


def _state(told: dict[str, Any], seq: int) -> FormState:
    form = told.get("form") or {}
    return FormState(dict(told.get("slots") or {}), form.get("name") or "", form.get("asks") or "", seq)
