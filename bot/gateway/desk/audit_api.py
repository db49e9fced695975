"""The audit log, for those who may read it."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.conversations.times import as_text
from bot.desk.people.agent import Agent
from bot.desk.people.audit import AuditEntry, entries
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.shapes import MAX_SEQ


class AuditApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        return [DeskRoute("GET", "/audit", "audit", self.read)]

    async def read(self, request: Request, agent: Agent) -> HTTPResponse:
        conversation_id, agent_id = request.args.get("conversation"), request.args.get("agent")
        before = _before(request)
        found = await self._parts.log.read(
            lambda connection: entries(connection, conversation_id=conversation_id, agent_id=agent_id, before=before)
        )
        return json({"entries": [_shown(entry) for entry in found]}, 200, PRIVATE)


def _before(request: Request) -> int | None:
    given = request.args.get("before")
    if given is None:
        return None
    if not (given.isascii() and given.isdecimal()) or len(given) > 10 or int(given) > MAX_SEQ:
        raise Problem("invalid", field="before")
    return int(given)


def _shown(entry: AuditEntry) -> dict[str, object]:
    agent = {"id": entry.agent_id, "name": entry.agent_name} if entry.agent_id else None
    return {
        "id": entry.id,
        "at": as_text(entry.at),
        "agent": agent,
        "what": entry.what,
        "conversation_id": entry.conversation_id,
        "data": entry.data,
    }
