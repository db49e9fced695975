"""The lists of conversations that an agent looks at, filtered, sorted, a page at a time; and how long each is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Literal

from sqlalchemy import and_, case, exists, func, literal, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from bot.conversations.tables import conversations
from bot.conversations.times import UtcDateTime
from bot.desk.people.agent import Agent
from bot.desk.tables import labels, mentions

View = Literal["queue", "mine", "team", "all", "snoozed", "resolved", "mentions"]
Sort = Literal["due", "waiting", "newest", "value"]
PAGE, MOST = 50, 200

_LATER = literal(datetime(9000, 1, 1, tzinfo=timezone.utc), UtcDateTime())
_NEVER = literal(datetime(1970, 1, 1, tzinfo=timezone.utc), UtcDateTime())
_open = conversations.c.status == "open"
_with_people = conversations.c.owner_kind != "bot"
_due = func.coalesce(conversations.c.due_at, _LATER, type_=UtcDateTime())
_waiting = func.coalesce(conversations.c.waiting_since, _LATER, type_=UtcDateTime())
_last = func.coalesce(conversations.c.last_message_at, _NEVER, type_=UtcDateTime())
_resolved = func.coalesce(conversations.c.resolved_at, _NEVER, type_=UtcDateTime())
_not_escalated = case((conversations.c.escalated_at.is_(None), 1), else_=0)

# Each key never empty, so that a page can begin after a row; True: largest first.
_SORTS: dict[str, list[tuple[Any, bool]]] = {
    "due": [(_not_escalated, False), (_due, False), (_waiting, False), (conversations.c.id, False)],
    "waiting": [(_waiting, False), (conversations.c.id, False)],
    "newest": [(_last, True), (conversations.c.id, False)],
    "value": [(func.coalesce(conversations.c.order_value, 0.0), True), (_due, False), (conversations.c.id, False)],
    "resolved": [(_resolved, True), (conversations.c.id, False)],
}


@dataclass(frozen=True)
class Wanted:
    view: View = "queue"
    language: str | None = None
    reason: str | None = None
    team: str | None = None
    label: str | None = None
    agent: str | None = None  # id
    sort: Sort | None = None
    limit: int = PAGE
    before: str | None = None  # the last conversation of the page before


def listed(connection: Connection, agent: Agent, wanted: Wanted) -> list[str]:
    """Ids, first in the list first."""
    keys = _SORTS[wanted.sort or ("resolved" if wanted.view == "resolved" else "due")]
    query = select(conversations.c.id).where(_in_view(wanted, agent), *_filters(wanted))
    if wanted.before is not None:
        values = connection.execute(
            select(*(key for key, _ in keys)).where(conversations.c.id == wanted.before)
        ).first()
        if values is not None:
            query = query.where(_after(keys, tuple(values)))
    query = query.order_by(*(key.desc() if falling else key for key, falling in keys)).limit(min(wanted.limit, MOST))
    return [row.id for row in connection.execute(query)]


def counts(connection: Connection, agent: Agent, now: datetime) -> dict[str, int]:
    def many(*conditions: Any) -> Any:
        return func.coalesce(func.sum(case((and_(*conditions), 1), else_=0)), 0)

    row = connection.execute(
        select(
            many(_open, conversations.c.owner_kind == "queue").label("queue"),
            many(_open, conversations.c.owner_id == agent.id).label("mine"),
            many(_snoozed(agent)).label("snoozed"),
            many(_open, conversations.c.due_at < now).label("overdue"),
        ).where(_with_people, conversations.c.status != "resolved")
    ).one()
    mentioned = select(func.count(mentions.c.conversation_id.distinct())).where(*_mentioned(agent))
    return {
        "queue": row.queue,
        "mine": row.mine,
        "snoozed": row.snoozed,
        "overdue": row.overdue,
        "mentions": connection.execute(mentioned).scalar_one(),
    }


def _in_view(wanted: Wanted, agent: Agent) -> ColumnElement[bool]:
    views: dict[View, ColumnElement[bool]] = {
        "queue": and_(_open, conversations.c.owner_kind == "queue"),
        "mine": and_(_open, _with_people, conversations.c.owner_id == agent.id),
        "team": and_(_open, _with_people, conversations.c.team.in_(agent.teams)),
        "all": and_(_with_people, conversations.c.status != "resolved"),
        "snoozed": and_(_with_people, _snoozed(agent)),
        "resolved": and_(_with_people, conversations.c.status == "resolved"),
        "mentions": conversations.c.id.in_(select(mentions.c.conversation_id).where(*_mentioned(agent))),
    }
    return views[wanted.view]


def _snoozed(agent: Agent) -> ColumnElement[bool]:
    """Supervisors look after everybody's."""
    snoozed: ColumnElement[bool] = conversations.c.status == "snoozed"
    return snoozed if agent.may("supervise") else and_(snoozed, conversations.c.owner_id == agent.id)


def _mentioned(agent: Agent) -> tuple[Any, ...]:
    return mentions.c.agent_id == agent.id, mentions.c.seen_at.is_(None)


def _filters(wanted: Wanted) -> list[Any]:
    spoken = func.lower(func.coalesce(conversations.c.language, conversations.c.locale))
    found: list[Any] = []
    if wanted.language:
        language = wanted.language.lower()
        found.append(or_(spoken == language, *(spoken.startswith(language + sign) for sign in "-_")))
    if wanted.reason:
        found.append(conversations.c.reason == wanted.reason)
    if wanted.team:
        found.append(conversations.c.team == wanted.team)
    if wanted.agent:
        found.append(conversations.c.owner_id == wanted.agent)
    if wanted.label:
        found.append(exists().where(labels.c.conversation_id == conversations.c.id, labels.c.label == wanted.label))
    return found


def _after(keys: list[tuple[Any, bool]], values: tuple[Any, ...]) -> ColumnElement[bool]:
    """Rows that the sort puts behind the one with these values."""
    return or_(
        *(
            and_(
                *(earlier == value for (earlier, _), value in zip(keys[:place], values, strict=False)),
                key < values[place] if falling else key > values[place],
            )
            for place, (key, falling) in enumerate(keys)
        )
    )
