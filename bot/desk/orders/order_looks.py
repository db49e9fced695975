"""Who looked at which orders: one line in the audit log for an agent, a place and a while, not one a page load."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.desk.people.agent import Agent
from bot.desk.people.audit import masked, record
from bot.desk.people.looks import LOOKED, ONE_LOOK
from bot.desk.tables import audit


def note_order_look(
    connection: Connection, agent: Agent, conversation_id: str, about: dict[str, Any], now: datetime
) -> None:
    """``about``: where they looked, and at which order if it is not known to be the shopper's."""
    lately = connection.execute(
        select(audit.c.data).where(
            audit.c.conversation_id == conversation_id,
            audit.c.agent_id == agent.id,
            audit.c.what == LOOKED,
            audit.c.at > now - ONE_LOOK,
        )
    )
    if masked(about) not in [row.data for row in lately]:
        record(connection, agent, LOOKED, conversation_id, about, now)
