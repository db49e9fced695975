"""Many handoffs for the same technical reason at once are one trouble, and shown as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.conversations.tables import conversations, handoffs
from bot.desk.config import DeskConfig

_HANDED_OVER = (
    select(func.max(handoffs.c.at))
    .where(handoffs.c.conversation_id == conversations.c.id)
    .correlate(conversations)
    .scalar_subquery()
)


@dataclass(frozen=True)
class IncidentNow:
    reason: str
    since: datetime
    conversations: list[str]


def incidents_now(connection: Connection, config: DeskConfig) -> list[IncidentNow]:
    """Of the conversations that people have and have not resolved; oldest first."""
    rule = config.incident
    rows = connection.execute(
        select(conversations.c.id, conversations.c.reason, _HANDED_OVER.label("at"))
        .where(
            conversations.c.owner_kind != "bot",
            conversations.c.status != "resolved",
            conversations.c.reason.in_(rule.reasons),
        )
        .order_by(_HANDED_OVER, conversations.c.id)
    ).all()
    window = timedelta(minutes=rule.minutes)
    found = [
        IncidentNow(reason, group[0].at, [row.id for row in group])
        for reason in rule.reasons
        for group in _crowds([row for row in rows if row.reason == reason and row.at], rule.conversations, window)
    ]
    return sorted(found, key=lambda each: each.since)


def parts_of(incidents: Sequence[IncidentNow]) -> dict[str, str]:
    """Conversation to the reason of the incident it is part of."""
    return {conversation_id: each.reason for each in incidents for conversation_id in each.conversations}


def _crowds(rows: Sequence[Any], least: int, window: timedelta) -> Iterator[list[Any]]:
    """Runs of rows, sorted by ``at``, in which any ``least`` neighbours of one another stand within ``window``."""
    crowd: list[Any] = []
    for number, row in enumerate(rows):
        first = max(0, number - least + 1)
        starts = range(first, min(number, len(rows) - least) + 1)
        if not any(rows[start + least - 1].at - rows[start].at <= window for start in starts):
            continue
        if crowd and row.at - crowd[-1].at > window:
            yield crowd
            crowd = []
        crowd.append(row)
    if crowd:
        yield crowd
