"""Who is at the desk now and may answer shoppers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.desk.config import DeskConfig
from bot.desk.people.agent import Agent
from bot.desk.people.agents import Colleague, colleagues, presence_now
from bot.desk.tables import agents


def seen(connection: Connection, agent_ids: Collection[str], now: datetime) -> None:
    """These agents have a page connected now."""
    connection.execute(update(agents).where(agents.c.id.in_(sorted(agent_ids))).values(seen_at=now))


def answers_now(agent: Agent, now: datetime, config: DeskConfig) -> bool:
    """Whether a conversation can be given to this agent."""
    return agent.may("answer") and presence_now(agent, now, config.absent_after) == "online"


def answering(connection: Connection, now: datetime, config: DeskConfig) -> list[Colleague]:
    """Everybody to whom a conversation can be given, with what each has in hand."""
    everybody = colleagues(connection, now, config.absent_after)
    return [each for each in everybody if answers_now(each.agent, now, config)]


def gone_since(agent: Agent, now: datetime, config: DeskConfig) -> datetime | None:
    """Since when the agent's pages are closed; None while one is there. Who never came, or left the desk for good,
    has been gone forever."""
    if agent.active and presence_now(agent, now, config.absent_after) != "offline":
        return None
    return agent.seen_at if agent.active and agent.seen_at else now - timedelta(days=36500)
