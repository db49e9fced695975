"""The desk's API for orders: then and now, all of the shopper's, and the jobs that may be done."""

from __future__ import annotations

from typing import Any

from pydantic import StrictStr
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.engine import Connection

from bot.conversations.times import utc_now
from bot.desk.orders.jobs.job import Counter, why
from bot.desk.orders.order_jobs import jobs_for, photos_sent
from bot.desk.orders.order_known import FoundOrder, find_order, order_by_id, orders_of_shopper
from bot.desk.orders.order_looks import note_order_look
from bot.desk.orders.order_panel import short_cases, short_orders
from bot.desk.orders.order_then_now import order_then, then_and_now
from bot.desk.people.agent import Agent
from bot.desk.shoppers.shopper import Shopper, shopper_of
from bot.gateway.bodies import read_json
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.desk.tongues import agent_tongue
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.shapes import Shape
from bot.store.errors import StoreError
from bot.wording.tongue import Tongue


class FindRequest(Shape):
    """``proof``: an email, a phone number or a postcode of the order; in the body, for addresses end up in logs."""

    number: StrictStr
    proof: StrictStr = StrictStr("")

    class Config:
        max_anystr_length = 320


class OrdersApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._api = parts.desk.orders

    def routes(self) -> list[DeskRoute]:
        one = "/conversations/<conversation_id:str>"
        return [
            DeskRoute("GET", f"{one}/order", "personal", self.then_now),
            DeskRoute("GET", f"{one}/orders", "personal", self.orders),
            DeskRoute("POST", f"{one}/orders/find", "personal", self.find),
            DeskRoute("GET", f"{one}/jobs", "personal", self.jobs),
        ]

    async def then_now(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        now = utc_now()

        def look(connection: Connection) -> dict[str, Any] | None:
            shopper_of(connection, conversation_id)
            note_order_look(connection, agent, conversation_id, {"at": "order"}, now)
            return order_then(connection, conversation_id)

        then = await self._parts.log.write(look)
        tongue, pepper = agent_tongue(self._parts, request), self._parts.settings.pepper
        return json(await then_and_now(then, self._api, tongue, now, pepper), headers=PRIVATE)

    async def orders(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        shopper = await self._look(agent, conversation_id, {"at": "orders"})
        tongue = agent_tongue(self._parts, request)
        try:
            orders = await orders_of_shopper(self._api, shopper)
        except StoreError:
            nothing = {"orders": [], "cases": [], "reason": "store_down", "sentence": why("store_down", tongue)}
            return json({"shopper": shopper.as_json(), **nothing}, headers=PRIVATE)
        return json(
            {
                "shopper": shopper.as_json(),
                "orders": short_orders(orders, shopper, self._parts.desk.policy, tongue, utc_now()),
                "cases": short_cases(orders, tongue),
                "reason": None,
                "sentence": None,
            },
            headers=PRIVATE,
        )

    async def find(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        """An order that the shopper has not proved here: found by what an agent knows of it, and noted as a look."""
        wanted = await read_json(request, FindRequest)
        shopper = await self._look(agent, conversation_id, {"at": "order", "order": wanted.number})
        try:
            found = await find_order(self._api, self._parts.desk.policy, shopper, wanted.number, wanted.proof)
        except StoreError as error:
            raise Problem("store_down") from error
        if found is None:
            raise Problem("not_found")
        return json(self._short(found, shopper, agent_tongue(self._parts, request)), headers=PRIVATE)

    async def jobs(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        """``?order=`` its id or number; without, the order in hand."""
        wanted, tongue = str(request.args.get("order", ""))[:100], agent_tongue(self._parts, request)
        about = {"at": "jobs", "order": wanted} if wanted else {"at": "jobs"}
        shopper = await self._look(agent, conversation_id, about)
        photos = await self._parts.log.read(lambda connection: photos_sent(connection, conversation_id))
        try:
            found = await self._wanted(wanted, shopper)
            if found is None:
                reason = "not_found" if wanted else "no_order"
                nothing: dict[str, Any] = {"order": None, "jobs": [], "reason": reason, "sentence": why(reason, tongue)}
                return json(nothing, headers=PRIVATE)
            counter = Counter(self._api, self._parts.desk.policy, utc_now(), await self._api.capabilities(), photos)
            jobs = await jobs_for(found.order, counter, tongue)
        except StoreError as error:
            raise Problem("store_down") from error
        return json({**self._short(found, shopper, tongue), "jobs": jobs, "reason": None}, headers=PRIVATE)

    async def _wanted(self, wanted: str, shopper: Shopper) -> FoundOrder | None:
        policy = self._parts.desk.policy
        if wanted:
            found = await find_order(self._api, policy, shopper, wanted)
            return found or await order_by_id(self._api, shopper, wanted)
        for number in shopper.order_numbers[:1]:
            return await find_order(self._api, policy, shopper, number)
        orders = await orders_of_shopper(self._api, shopper)
        return FoundOrder(orders[0], known=True) if len(orders) == 1 else None

    def _short(self, found: FoundOrder, shopper: Shopper, tongue: Tongue) -> dict[str, Any]:
        short = short_orders([found.order], shopper, self._parts.desk.policy, tongue, utc_now())[0]
        return {"order": short, "known": found.known}

    async def _look(self, agent: Agent, conversation_id: str, about: dict[str, Any]) -> Shopper:
        """Who the shopper is; that somebody looked is kept. Raises ``NoConversation``."""
        now = utc_now()

        def look(connection: Connection) -> Shopper:
            shopper = shopper_of(connection, conversation_id)
            note_order_look(connection, agent, conversation_id, about, now)
            return shopper

        return await self._parts.log.write(look)
