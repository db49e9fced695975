"""The queue's lists for agents' pages."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.engine import Connection

from bot.conversations.times import as_text, utc_now
from bot.conversations.waiting import clock
from bot.desk.people.agent import Agent
from bot.desk.queue.incidents import IncidentNow, incidents_now, parts_of
from bot.desk.queue.queue_list import counts, listed
from bot.desk.queue.summary import summaries, without_personal_data
from bot.gateway.desk.queue_shapes import ListQuery
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem


class QueueListApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        return [DeskRoute("GET", "/conversations", "read", self.conversations)]

    async def conversations(self, request: Request, agent: Agent) -> HTTPResponse:
        try:
            wanted = ListQuery.parse_obj({key: request.args.get(key) for key in request.args}).wanted()
        except ValidationError as error:
            raise Problem("invalid", field=str(error.errors()[0]["loc"][0])) from error

        def look(connection: Connection) -> dict[str, Any]:
            now, troubles = utc_now(), incidents_now(connection, self._parts.desk.config)
            found = summaries(connection, listed(connection, agent, wanted), parts_of(troubles))
            return {
                "conversations": found if agent.may("personal") else [without_personal_data(each) for each in found],
                "incidents": [_incident(each) for each in troubles],
                "counts": counts(connection, agent, now),
                "clock": clock(connection),
            }

        return json(await self._parts.log.read(look), 200, PRIVATE)


def _incident(incident: IncidentNow) -> dict[str, Any]:
    return {
        "reason": incident.reason,
        "since": as_text(incident.since),
        "count": len(incident.conversations),
        "conversations": incident.conversations,
    }
