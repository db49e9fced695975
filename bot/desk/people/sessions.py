"""Who is signed in: a random token in a cookie, of which only a hash is kept, and a secret against forged requests."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection

from bot.conversations.times import UtcDateTime
from bot.conversations.tokens import new_token, token_hash
from bot.desk.people.agent import Agent
from bot.desk.people.agents import agent_of
from bot.desk.tables import agent_sessions, agents

LIFE = timedelta(hours=12)
IDLE = timedelta(hours=2)
_NOTED_EVERY = timedelta(minutes=1)  # a write at every request would cost more than the request


# Asked at every request: built once.
_OPENS = (
    select(agents, agent_sessions.c.csrf, agent_sessions.c.token_hash, agent_sessions.c.used_at)
    .select_from(agent_sessions.join(agents, agents.c.id == agent_sessions.c.agent_id))
    .where(
        agent_sessions.c.token_hash == bindparam("hash"),
        agent_sessions.c.expires_at > bindparam("now", type_=UtcDateTime()),
        agent_sessions.c.used_at > bindparam("idle_since", type_=UtcDateTime()),
        agents.c.active,
    )
)


@dataclass(frozen=True)
class Session:
    agent: Agent
    csrf: str
    token_hash: str
    used_at: datetime

    def to_be_noted(self, now: datetime) -> bool:
        return now - self.used_at >= _NOTED_EVERY


@dataclass(frozen=True)
class NewSession:
    token: str
    csrf: str


def begin_session(connection: Connection, agent_id: str, now: datetime) -> NewSession:
    """Always a new token: one that was set before signing in opens nothing."""
    connection.execute(
        delete(agent_sessions).where((agent_sessions.c.expires_at <= now) | (agent_sessions.c.used_at <= now - IDLE))
    )
    begun = NewSession(new_token(), secrets.token_urlsafe(32))
    connection.execute(
        insert(agent_sessions).values(
            token_hash=token_hash(begun.token),
            agent_id=agent_id,
            csrf=begun.csrf,
            created_at=now,
            used_at=now,
            expires_at=now + LIFE,
        )
    )
    return begun


def session_of(connection: Connection, token: str, now: datetime) -> Session | None:
    """None: never begun, ended, too old, idle too long, or its agent works here no more."""
    row = connection.execute(_OPENS, {"hash": token_hash(token), "now": now, "idle_since": now - IDLE}).first()
    return None if row is None else Session(agent_of(row), row.csrf, row.token_hash, row.used_at)


def note_use(connection: Connection, session: Session, now: datetime) -> None:
    connection.execute(
        update(agent_sessions).where(agent_sessions.c.token_hash == session.token_hash).values(used_at=now)
    )


def end_session(connection: Connection, token: str) -> None:
    connection.execute(delete(agent_sessions).where(agent_sessions.c.token_hash == token_hash(token)))


def end_sessions_of(connection: Connection, agent_id: str, *, but: str = "") -> None:
    """All of an agent's. ``but``: the token of the one that stays."""
    connection.execute(
        delete(agent_sessions).where(
            agent_sessions.c.agent_id == agent_id, agent_sessions.c.token_hash != token_hash(but)
        )
    )
