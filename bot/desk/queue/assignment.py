"""The desk gives conversations of the queue to agents who are there and have room; what finds nobody stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.engine import Connection

from bot.conversations.owner import change_owner
from bot.conversations.records import QUEUE, SYSTEM
from bot.conversations.tables import conversations, owner_changes
from bot.desk.config import DeskConfig
from bot.desk.people.agent import Agent
from bot.desk.people.agents import Colleague
from bot.desk.people.presence import answering
from bot.desk.queue.events import happened
from bot.languages import language_of

# Whoever put a conversation back into the queue does not get it again by itself.
GAVE_AWAY = frozenset({"released", "transferred"})
AT_ONCE = 200  # conversations given in one transaction at most

# The order in which people should answer.
DUE_FIRST = (
    case((conversations.c.escalated_at.is_(None), 1), else_=0),
    case((conversations.c.due_at.is_(None), 1), else_=0),
    conversations.c.due_at,
    conversations.c.waiting_since,
    conversations.c.id,
)
_QUEUED = (
    select(conversations)
    .where(conversations.c.owner_kind == "queue", conversations.c.status == "open")
    .order_by(*DUE_FIRST)
)


@dataclass(frozen=True)
class Given:
    conversation_id: str
    agent: Agent


def assign_one(connection: Connection, conversation_id: str, now: datetime, config: DeskConfig) -> Agent | None:
    """The agent who has the conversation now; None if it stays in the queue. The caller holds it."""
    row = connection.execute(_QUEUED.where(conversations.c.id == conversation_id)).first()
    if row is None:
        return None
    return _give(connection, row, answering(connection, now, config), now)


def may_drain(connection: Connection, now: datetime, config: DeskConfig) -> bool:
    """Whether something waits in the queue while somebody has room."""
    return (
        config.assignment == "automatic"
        and connection.execute(_QUEUED.limit(1)).first() is not None
        and bool(_with_room(connection, now, config))
    )


def drain(connection: Connection, now: datetime, config: DeskConfig) -> list[Given]:
    """Give what waits, due first, until nobody has room."""
    people = _with_room(connection, now, config)
    if not people:
        return []
    given: list[Given] = []
    for row in connection.execute(_QUEUED.limit(AT_ONCE)).all():
        agent = _give(connection, row, people, now)
        if agent is not None:
            given.append(Given(row.id, agent))
            people = [replace(each, load=each.load + 1) if each.agent.id == agent.id else each for each in people]
    return given


def _with_room(connection: Connection, now: datetime, config: DeskConfig) -> list[Colleague]:
    return [each for each in answering(connection, now, config) if each.load < each.agent.capacity]


def _give(connection: Connection, row: Any, people: Sequence[Colleague], now: datetime) -> Agent | None:
    chosen = _fits_best(row, people, _gave_away(connection, row.id))
    if chosen is None or not change_owner(
        connection, row.id, expected=QUEUE, to=chosen.owner, by=SYSTEM, why="assigned", now=now
    ):
        return None
    happened(connection, row.id, None, "assigned", now, detail=chosen.name, data={"to": chosen.id})
    return chosen


def _fits_best(row: Any, people: Sequence[Colleague], not_to: str | None) -> Agent | None:
    """Who had it before, then who speaks the language, then who has least in hand."""
    language = language_of(row.language or row.locale)
    fitting = [
        each
        for each in people
        if each.load < each.agent.capacity
        and each.agent.id != not_to
        and (row.team is None or row.team in each.agent.teams)
    ]
    if not fitting:
        return None
    best = min(
        fitting,
        key=lambda each: (
            each.agent.id != row.last_agent_id,
            language not in each.agent.languages,
            each.load,
            each.agent.id,
        ),
    )
    return best.agent


def _gave_away(connection: Connection, conversation_id: str) -> str | None:
    latest = connection.execute(
        select(owner_changes.c.from_id, owner_changes.c.why)
        .where(owner_changes.c.conversation_id == conversation_id)
        .order_by(owner_changes.c.id.desc())
        .limit(1)
    ).first()
    return latest.from_id if latest is not None and latest.why in GAVE_AWAY else None
