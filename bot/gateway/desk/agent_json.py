"""An agent as the desk API shows them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Connection

from bot.conversations.times import utc_now
from bot.desk.people.agent import PERMISSIONS, Agent
from bot.desk.people.agents import Colleague, colleagues
from bot.gateway.parts import Parts


def me_json(agent: Agent) -> dict[str, Any]:
    """As they see themselves."""
    return {**_common(agent), "email": agent.email, "presence": agent.presence}


def may_json(agent: Agent) -> list[str]:
    return sorted(PERMISSIONS[agent.role])


def colleague_json(colleague: Colleague, *, with_email: bool) -> dict[str, Any]:
    agent = colleague.agent
    shown = {**_common(agent), "presence": colleague.presence, "load": colleague.load, "active": agent.active}
    return {**shown, "email": agent.email} if with_email else shown


async def colleagues_json(parts: Parts, *, with_email: bool = False) -> list[dict[str, Any]]:
    """Everybody who works at the desk, by name; with ``with_email`` also those who do no more."""

    def find(connection: Connection) -> list[Colleague]:
        return colleagues(connection, utc_now(), parts.desk.config.absent_after)

    found = await parts.log.read(find)
    return [colleague_json(each, with_email=with_email) for each in found if each.agent.active or with_email]


def _common(agent: Agent) -> dict[str, Any]:
    return {
        "id": agent.id,
        "name": agent.name,
        "role": agent.role,
        "languages": list(agent.languages),
        "teams": list(agent.teams),
        "capacity": agent.capacity,
    }
