"""What a supervisor sees at a glance."""

from __future__ import annotations

from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.engine import Connection

from bot.conversations.times import utc_now
from bot.desk.people.agent import Agent
from bot.desk.queue.overview import since_midnight, waiting_now
from bot.gateway.desk.agent_json import colleagues_json
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.parts import Parts


class OverviewApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        return [DeskRoute("GET", "/overview", "supervise", self.overview)]

    async def overview(self, request: Request, agent: Agent) -> HTTPResponse:
        now = utc_now()
        midnight = self._parts.desk.rules.hours.day_began(now)

        def look(connection: Connection) -> dict[str, Any]:
            return {"waiting": waiting_now(connection, now), "today": since_midnight(connection, midnight)}

        numbers = await self._parts.log.read(look)
        return json({"agents": await colleagues_json(self._parts), **numbers}, 200, PRIVATE)
