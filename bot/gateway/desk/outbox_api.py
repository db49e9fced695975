"""What has left the house and what has not, for admins; and the context record, for another desk that asks for it."""

from __future__ import annotations

from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.engine import Connection

from bot.conversations.times import as_text, utc_now
from bot.desk.outward.context import context_of
from bot.desk.outward.outbox import STATES, OutboxRow, outbox_rows, replay
from bot.desk.people import audit
from bot.desk.people.agent import Agent
from bot.gateway.bodies import read_json
from bot.gateway.desk.looking import look
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.shapes import Shape
from bot.orders.mask import mask_email


class _Nothing(Shape):
    """An empty object."""


class OutboxApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        return [
            DeskRoute("GET", "/conversations/<conversation_id:str>/context", "personal", self.context),
            DeskRoute("GET", "/outbox", "manage", self.read),
            DeskRoute("POST", "/outbox/<outbox_id:str>/replay", "manage", self.replay),
        ]

    async def context(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        await look(self._parts, agent, conversation_id)
        return json(
            await self._parts.log.read(lambda connection: context_of(connection, conversation_id)), 200, PRIVATE
        )

    async def read(self, request: Request, agent: Agent) -> HTTPResponse:
        """Newest first. What is sent is not shown: it is full of personal data."""
        state, before = request.args.get("state"), request.args.get("before")
        if state is not None and state not in STATES:
            raise Problem("invalid", field="state")
        rows = await self._parts.log.read(lambda connection: outbox_rows(connection, state=state, before=before))
        return json({"outbox": [_shown(row) for row in rows]}, 200, PRIVATE)

    async def replay(self, request: Request, agent: Agent, outbox_id: str) -> HTTPResponse:
        await read_json(request, _Nothing)

        def again(connection: Connection) -> OutboxRow | None:
            now = utc_now()
            row = replay(connection, outbox_id, now)
            if row is not None:
                data = {"outbox_id": outbox_id, "event": row.event}
                audit.record(connection, agent, "replayed", row.conversation_id, data, now)
            return row

        row = await self._parts.log.write(again)
        if row is None:
            raise Problem("not_found")
        return json(_shown(row), 202, PRIVATE)


def _shown(row: OutboxRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "event": row.event,
        "conversation_id": row.conversation_id,
        "recipient": mask_email(row.recipient) if row.kind == "mail" else row.recipient,
        "state": row.state,
        "attempts": row.attempts,
        "next_at": as_text(row.not_before) if row.state in ("waiting", "sending") else None,
        "last_error": row.last_error,
        "created_at": as_text(row.created_at),
        "sent_at": as_text(row.sent_at) if row.sent_at else None,
    }
