"""Who looked at a conversation: one line in the audit log for an agent and a while, not one for every page load."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from bot.conversations.times import UtcDateTime
from bot.desk.people.agent import Agent
from bot.desk.people.audit import record
from bot.desk.tables import audit

LOOKED = "looked"
ONE_LOOK = timedelta(minutes=10)

_LATELY = (
    select(audit.c.id)
    .where(
        audit.c.conversation_id == bindparam("conversation_id"),
        audit.c.agent_id == bindparam("agent_id"),
        audit.c.what == LOOKED,
        audit.c.at > bindparam("since", type_=UtcDateTime()),
    )
    .limit(1)
)


def looked_lately(connection: Connection, agent: Agent, conversation_id: str, now: datetime) -> bool:
    wanted = {"conversation_id": conversation_id, "agent_id": agent.id, "since": now - ONE_LOOK}
    return connection.execute(_LATELY, wanted).first() is not None


def note_look(connection: Connection, agent: Agent, conversation_id: str, now: datetime) -> None:
    """``personal`` in its data: whether they saw more than masked texts."""
    if not looked_lately(connection, agent, conversation_id, now):
        record(connection, agent, LOOKED, conversation_id, {"personal": agent.may("personal")}, now)
