"""What a supervisor sees at a glance: who is there, what waits, how the day has gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.conversations.tables import conversations, handoffs
from bot.conversations.times import as_text
from bot.desk.tables import satisfaction
from bot.languages import language_of

_FIRST_HANDOFF = (
    select(func.min(handoffs.c.at))
    .where(handoffs.c.conversation_id == conversations.c.id)
    .correlate(conversations)
    .scalar_subquery()
)


def waiting_now(connection: Connection, now: datetime) -> dict[str, Any]:
    """Shoppers who wait for a person, whoever has their conversation."""
    rows = connection.execute(
        select(
            conversations.c.waiting_since,
            conversations.c.due_at,
            conversations.c.reason,
            conversations.c.language,
            conversations.c.locale,
        ).where(
            conversations.c.owner_kind != "bot",
            conversations.c.status == "open",
            conversations.c.waiting_since.isnot(None),
        )
    ).all()
    longest = min((row.waiting_since for row in rows), default=None)
    return {
        "total": len(rows),
        "longest_since": as_text(longest) if longest else None,
        "overdue": sum(row.due_at is not None and row.due_at < now for row in rows),
        "by_reason": _many(row.reason or "" for row in rows),
        "by_language": _many(language_of(row.language or row.locale) for row in rows),
    }


def since_midnight(connection: Connection, midnight: datetime) -> dict[str, Any]:
    """Numbers of the shop's day; times in seconds."""
    answered = connection.execute(
        select(conversations.c.first_agent_response_at, _FIRST_HANDOFF.label("handed_over")).where(
            conversations.c.first_agent_response_at >= midnight
        )
    ).all()
    seconds = [
        (row.first_agent_response_at - row.handed_over).total_seconds()
        for row in answered
        if row.handed_over is not None and row.handed_over <= row.first_agent_response_at
    ]
    average = connection.execute(
        select(func.avg(satisfaction.c.score)).where(satisfaction.c.answered_at >= midnight)
    ).scalar()
    return {
        "handoffs": _count(connection, handoffs.c.at >= midnight),
        "answered": len(answered),
        "first_response_seconds_median": round(median(seconds), 1) if seconds else None,
        "resolved": _count(connection, conversations.c.resolved_at >= midnight),
        "satisfaction_average": round(float(average), 2) if average is not None else None,
    }


def _count(connection: Connection, condition: Any) -> int:
    return int(connection.execute(select(func.count()).where(condition)).scalar_one())


def _many(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())
