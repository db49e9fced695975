"""The desk's API for the bot's form: see it, fill in what the shopper said, hand the conversation back."""

from __future__ import annotations

from typing import Any

from pydantic import StrictStr
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.engine import Connection

from bot.conversations.errors import NotOwner
from bot.conversations.records import BOT
from bot.conversations.return_to_bot import Returned
from bot.conversations.times import utc_now
from bot.desk.form.conversation_form import form_of
from bot.desk.form.facts import keep_fact, need_own, take_back
from bot.desk.form.field_choices import labelled
from bot.desk.form.field_order import OrderSought, find_named, sought
from bot.desk.form.field_shown import shown_value
from bot.desk.form.field_values import WrongField, needs_order, value_for
from bot.desk.form.form_known import Known, known_of
from bot.desk.form.form_view import FormView
from bot.desk.form.hand_back import hand_back
from bot.desk.people.agent import Agent
from bot.desk.people.audit import record
from bot.gateway.announce import announce_messages, announce_owner, announce_to_agents
from bot.gateway.bodies import read_json
from bot.gateway.desk.looking import look
from bot.gateway.desk.outcomes import problem_of
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.desk.tongues import agent_tongue
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.shapes import Shape
from bot.orders.snapshot import snapshot_of
from bot.store.errors import NotFound, StoreError
from bot.store.models import Order


class ValueRequest(Shape):
    value: Any


class HandBackRequest(Shape):
    job: StrictStr | None = None


class FormApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._rules = parts.desk.forms

    def routes(self) -> list[DeskRoute]:
        one = "/conversations/<conversation_id:str>"
        return [
            DeskRoute("GET", f"{one}/form", "personal", self.form),
            DeskRoute("PUT", f"{one}/fields/<slot:str>", "answer", self.fill_in),
            DeskRoute("DELETE", f"{one}/fields/<slot:str>", "answer", self.take_back),
            DeskRoute("POST", f"{one}/hand_back", "answer", self.hand_back),
        ]

    async def form(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        """``?job=``: the form of a job that the agent may let the bot begin."""
        job, tongue = str(request.args.get("job", ""))[:100], agent_tongue(self._parts, request)
        if job and job not in self._rules.forms.may_begin:
            raise Problem("invalid", field="job")
        await look(self._parts, agent, conversation_id)
        view = await self._parts.log.read(
            lambda connection: form_of(connection, conversation_id, self._rules, tongue, job)
        )
        return json({"form": view.as_json()}, headers=PRIVATE)

    async def fill_in(self, request: Request, agent: Agent, conversation_id: str, slot: str) -> HTTPResponse:
        """An order is given by its number or id, or as ``{"number", "proof"}`` with what the shopper said of it."""
        given = (await read_json(request, ValueRequest)).value
        tongue, slot = agent_tongue(self._parts, request), self._rules.forms.whole(slot[:100])

        def before(connection: Connection) -> tuple[Known, OrderSought]:
            need_own(connection, conversation_id, agent)
            known = known_of(connection, conversation_id, self._rules, tongue)
            return known, sought(connection, conversation_id, known.state.since_seq)

        try:
            known, where = await self._parts.log.write(before)
        except NotOwner as taken:
            raise problem_of(taken) from taken
        value, shown, known_order = await self._checked(slot, given, known, where)

        def keep(connection: Connection) -> FormView:
            now = utc_now()
            keep_fact(connection, conversation_id, agent, slot, value=value, shown=shown, now=now)
            if not known_order:
                record(connection, agent, "looked", conversation_id, {"at": "order", "order": shown}, now)
            return form_of(connection, conversation_id, self._rules, tongue)

        return await self._changed(conversation_id, keep)

    async def take_back(self, request: Request, agent: Agent, conversation_id: str, slot: str) -> HTTPResponse:
        tongue, slot = agent_tongue(self._parts, request), self._rules.forms.whole(slot[:100])

        def drop(connection: Connection) -> FormView:
            take_back(connection, conversation_id, agent, slot, utc_now())
            return form_of(connection, conversation_id, self._rules, tongue)

        return await self._changed(conversation_id, drop)

    async def hand_back(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        job, parts = (await read_json(request, HandBackRequest)).job, self._parts
        if job is not None and job not in self._rules.forms.may_begin:
            raise Problem("invalid", field="job")
        runner = parts.runner.name_to_begin

        def do(connection: Connection) -> Returned:
            return hand_back(
                connection,
                conversation_id,
                agent,
                job=job,
                sentence=lambda language: parts.words.text("gateway.handed_back", language),
                runner=runner,
                now=utc_now(),
            )

        try:
            returned = await parts.log.write(do)
        except NotOwner as taken:
            raise problem_of(taken) from taken
        await announce_messages(parts.delivery, conversation_id, returned.messages)
        await announce_owner(parts.delivery, conversation_id, BOT)
        await announce_to_agents(parts.delivery, conversation_id)
        if returned.begun:
            parts.runner.take(returned.turn)
        else:
            parts.runner.wake(conversation_id)
        return json({"seq": returned.messages[-1].seq}, headers=PRIVATE)

    async def _checked(self, slot: str, given: Any, known: Known, where: OrderSought) -> tuple[Any, str, bool]:
        """The value, how it reads, and whether it tells of no order that was not known. Raises ``wrong_field``."""
        kind = known.forms.field(slot.partition(".")[0])
        try:
            if kind.kind == "order":
                return await self._named_order(slot, given, known, where)
            value = value_for(slot, given, known, await self._order(known) if needs_order(kind) else None)
        except WrongField as wrong:
            raise Problem("wrong_field", field=wrong.slot, about={"slot": slot, "errors": wrong.errors}) from wrong
        except StoreError as error:
            raise Problem("store_down") from error
        if kind.kind == "conditions":
            return value, labelled("yes_no", value, known.tongue), True
        return value, shown_value(slot, kind, value, known), True

    async def _named_order(self, slot: str, given: Any, known: Known, where: OrderSought) -> tuple[Any, str, bool]:
        desk = self._parts.desk
        found = await find_named(desk.orders, desk.policy, where, given)
        if found is None:
            raise WrongField(slot)
        order = found.order
        value = {"id": order.id, "number": order.number, "order": snapshot_of(order, utc_now())["order"]}
        return value, shown_value(slot, known.forms.field(slot), value, known), found.known

    async def _order(self, known: Known) -> Order | None:
        """The order that the form is about, as it is now."""
        named = known.facts.get("order_id")
        order_id = named.value["id"] if named else known.state.slots.get("order_id")
        try:
            return await self._parts.desk.orders.get_order(str(order_id)) if order_id else None
        except NotFound:
            return None

    async def _changed(self, conversation_id: str, change: Any) -> HTTPResponse:
        try:
            view: FormView = await self._parts.log.write(change)
        except NotOwner as taken:
            raise problem_of(taken) from taken
        await announce_to_agents(self._parts.delivery, conversation_id)
        return json({"form": view.as_json()}, headers=PRIVATE)
