"""The desk's API for the same shopper's other conversations, and for noting who a guest is."""

from __future__ import annotations

from typing import Any

from pydantic import StrictStr
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.engine import Connection

from bot.conversations.errors import NotOwner
from bot.conversations.lookup import get_conversation
from bot.conversations.times import utc_now
from bot.desk.orders.order_looks import note_order_look
from bot.desk.people.agent import Agent
from bot.desk.queue.summary import summaries
from bot.desk.shoppers.history import conversations_of
from bot.desk.shoppers.merge import NotVerified, merge, proved_customer
from bot.desk.shoppers.shopper import shopper_of
from bot.gateway.announce import announce_to_agents
from bot.gateway.bodies import read_json
from bot.gateway.desk.outcomes import problem_of
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.shapes import Shape
from bot.store.errors import StoreError


class MergeRequest(Shape):
    customer_id: StrictStr | None = None


class HistoryApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        one = "/conversations/<conversation_id:str>"
        return [
            DeskRoute("GET", f"{one}/history", "personal", self.history),
            DeskRoute("POST", f"{one}/merge", "answer", self.merge),
        ]

    async def history(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        now = utc_now()

        def look(connection: Connection) -> list[dict[str, Any]]:
            shopper = shopper_of(connection, conversation_id)
            note_order_look(connection, agent, conversation_id, {"at": "history"}, now)
            return summaries(connection, conversations_of(connection, shopper))

        return json({"conversations": await self._parts.log.write(look)}, headers=PRIVATE)

    async def merge(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        """Only with a proof: an order that was proved in this conversation and is that customer's."""
        wanted, log = await read_json(request, MergeRequest), self._parts.log
        shopper = await log.read(lambda connection: shopper_of(connection, conversation_id))
        held = await log.read(lambda connection: get_conversation(connection, conversation_id))
        if (held.owner.kind, held.owner.id) != ("agent", agent.id) and not agent.may("supervise"):
            raise problem_of(NotOwner(held.owner))
        try:
            customer_id = await proved_customer(self._parts.desk.orders, shopper, wanted.customer_id)
        except NotVerified as unproved:
            raise Problem("not_verified") from unproved
        except StoreError as error:
            raise Problem("store_down") from error
        try:
            await log.write(lambda connection: merge(connection, conversation_id, agent, customer_id, utc_now()))
        except NotOwner as taken:
            raise problem_of(taken) from taken
        await announce_to_agents(self._parts.delivery, conversation_id)
        merged = await log.read(lambda connection: shopper_of(connection, conversation_id))
        return json({"shopper": merged.as_json()}, headers=PRIVATE)
