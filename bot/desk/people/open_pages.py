"""The pages that agents have open: whose sessions still hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from bot.conversations.times import UtcDateTime
from bot.desk.people.agent import Agent
from bot.desk.people.agents import agent_of
from bot.desk.people.sessions import IDLE
from bot.desk.tables import agent_sessions, agents

_SIGNED_IN = (
    select(agents, agent_sessions.c.token_hash)
    .select_from(agent_sessions.join(agents, agents.c.id == agent_sessions.c.agent_id))
    .where(
        agent_sessions.c.token_hash.in_(bindparam("hashes", expanding=True)),
        agent_sessions.c.expires_at > bindparam("now", type_=UtcDateTime()),
        agent_sessions.c.used_at > bindparam("idle_since", type_=UtcDateTime()),
        agents.c.active,
    )
)


def signed_in(connection: Connection, hashes: Iterable[str], now: datetime) -> dict[str, Agent]:
    """The sessions among ``hashes`` that still hold, with their agents as they are now. One query for all pages."""
    wanted = sorted(set(hashes))
    if not wanted:
        return {}
    rows = connection.execute(_SIGNED_IN, {"hashes": wanted, "now": now, "idle_since": now - IDLE})
    return {row.token_hash: agent_of(row) for row in rows}
