"""The people of the desk: kept, found, changed; who is there and how much each has in hand."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from bot.conversations.contact import normal_email
from bot.conversations.tables import conversations
from bot.desk.people.agent import Agent, Role
from bot.desk.tables import agents

MAX_NAME = 100
MAX_CAPACITY = 1000


class AgentError(Exception):
    """The people of the desk cannot be so."""


class NoAgent(AgentError):
    """There is none with that id or address."""


class EmailTaken(AgentError):
    """Another agent has this address."""


class NoAdminLeft(AgentError):
    """Nobody could manage the desk any more."""


@dataclass(frozen=True)
class Account:
    """An agent with what their password is checked by."""

    agent: Agent
    password_hash: str


@dataclass(frozen=True)
class Colleague:
    """An agent as others see them. ``load``: open conversations in hand."""

    agent: Agent
    presence: Literal["online", "away", "offline"]
    load: int


def add_agent(
    connection: Connection,
    *,
    name: str,
    email: str,
    password_hash: str,
    role: Role,
    languages: Sequence[str],
    capacity: int,
    now: datetime,
    teams: Sequence[str] = (),
) -> Agent:
    """Raises ``EmailTaken``, and ``bot.conversations.errors.InvalidContact`` for what is no address."""
    email = agent_email(email)
    if account_by_email(connection, email) is not None:
        raise EmailTaken
    agent_id = f"a_{secrets.token_urlsafe(12)}"
    row = {
        "id": agent_id,
        "name": name,
        "email": email,
        "password_hash": password_hash,
        "role": role,
        "languages": list(languages),
        "teams": list(teams),
        "capacity": capacity,
        "active": True,
        "presence": "online",
        "created_at": now,
    }
    try:
        connection.execute(insert(agents).values(row))
    except IntegrityError as error:  # somebody else added the same address just now
        raise EmailTaken from error
    return get_agent(connection, agent_id)


def get_agent(connection: Connection, agent_id: str) -> Agent:
    """Raises ``NoAgent``."""
    row = connection.execute(select(agents).where(agents.c.id == agent_id)).first()
    if row is None:
        raise NoAgent
    return agent_of(row)


def account_of(connection: Connection, agent_id: str) -> Account:
    """Raises ``NoAgent``."""
    row = connection.execute(select(agents).where(agents.c.id == agent_id)).first()
    if row is None:
        raise NoAgent
    return Account(agent_of(row), row.password_hash)


def account_by_email(connection: Connection, email: str) -> Account | None:
    row = connection.execute(select(agents).where(agents.c.email == email.strip().lower())).first()
    return None if row is None else Account(agent_of(row), row.password_hash)


def update_agent(connection: Connection, agent_id: str, changes: dict[str, Any]) -> Agent:
    """``changes``: columns and their new values. Raises ``NoAgent``, ``EmailTaken``, ``NoAdminLeft``."""
    # All admins are held, so that two who demote each other at once do not both succeed.
    held = select(agents.c.id).where(agents.c.role == "admin", agents.c.active).with_for_update()
    admins = {row.id for row in connection.execute(held)}
    before = get_agent(connection, agent_id)
    if "email" in changes:
        changes = {**changes, "email": agent_email(changes["email"])}
        other = account_by_email(connection, changes["email"])
        if other is not None and other.agent.id != agent_id:
            raise EmailTaken
    if changes:
        connection.execute(update(agents).where(agents.c.id == agent_id).values(changes))
    after = get_agent(connection, agent_id)
    if admins == {agent_id} and before.active and not (after.active and after.role == "admin"):
        raise NoAdminLeft
    return after


def colleagues(connection: Connection, now: datetime, absent_after: float) -> list[Colleague]:
    """Everybody, by name. ``absent_after``: seconds without a page until an agent is not there."""
    load = (
        select(conversations.c.owner_id, func.count().label("load"))
        .where(and_(conversations.c.owner_kind == "agent", conversations.c.status == "open"))
        .group_by(conversations.c.owner_id)
        .subquery()
    )
    rows = connection.execute(
        select(agents, load.c.load)
        .select_from(agents.outerjoin(load, load.c.owner_id == agents.c.id))
        .order_by(func.lower(agents.c.name), agents.c.id)
    )
    return [_colleague(agent_of(row), row.load or 0, now, absent_after) for row in rows]


def presence_now(agent: Agent, now: datetime, absent_after: float) -> Literal["online", "away", "offline"]:
    gone = agent.seen_at is None or now - agent.seen_at > timedelta(seconds=absent_after)
    return "offline" if gone or not agent.active else agent.presence


def agent_email(email: str) -> str:
    """As it is kept. Raises ``bot.conversations.errors.InvalidContact``."""
    return normal_email(email).lower()


def agent_of(row: Any) -> Agent:
    """A row of ``agents``."""
    return Agent(
        id=row.id,
        name=row.name,
        email=row.email,
        role=row.role,
        languages=tuple(row.languages),
        teams=tuple(row.teams),
        capacity=row.capacity,
        active=row.active,
        presence=row.presence,
        seen_at=row.seen_at,
    )


def _colleague(agent: Agent, load: int, now: datetime, absent_after: float) -> Colleague:
    return Colleague(agent, presence_now(agent, now, absent_after), load)
