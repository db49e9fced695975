"""The desk's API for doing an order job: a preview, and the yes to it."""

from __future__ import annotations

from typing import Any

from pydantic import Extra, StrictStr, root_validator
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.engine import Connection

from bot.conversations.errors import NotOwner
from bot.conversations.lookup import get_conversation
from bot.conversations.times import utc_now
from bot.desk.orders.job_previews import UnknownPreview, keep_preview
from bot.desk.orders.jobs.all_jobs import JOBS
from bot.desk.orders.jobs.change_address import address_errors
from bot.desk.orders.jobs.job import Counter, DeskJob, WrongValue, why, why_not
from bot.desk.orders.jobs.left_to_person import bots_refusal, left_to_person
from bot.desk.orders.order_jobs import photos_sent
from bot.desk.orders.order_known import order_by_id
from bot.desk.orders.order_looks import note_order_look
from bot.desk.orders.order_panel import short_orders
from bot.desk.orders.write_orders import Confirmed, confirm
from bot.desk.outward.mailed_answers import agent_answered
from bot.desk.people.agent import Agent
from bot.desk.shoppers.shopper import Shopper, shopper_of
from bot.gateway.announce import announce_messages, announce_to_agents
from bot.gateway.bodies import read_json
from bot.gateway.desk.outcomes import problem_of
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.desk.tongues import agent_tongue, shopper_tongue
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.shapes import Shape
from bot.orders.verdict import JobData, Refused, Verdict
from bot.store.errors import StoreError
from bot.store.models import Order
from bot.wording.tongue import Tongue


class PreviewRequest(Shape):
    """``order_id`` and what the job's form asked; the job itself checks that."""

    order_id: StrictStr

    class Config:
        extra = Extra.allow
        max_anystr_length = 200

    @root_validator(pre=True)
    def _no_nul(cls, values: dict[str, Any]) -> dict[str, Any]:
        if "\\x00" in repr(values):  # PostgreSQL keeps none
            raise ValueError("a NUL")
        return values

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.dict().items() if name != "order_id"}


class ConfirmRequest(Shape):
    preview_id: StrictStr


class OrderJobsApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._api = parts.desk.orders

    def routes(self) -> list[DeskRoute]:
        jobs = "/conversations/<conversation_id:str>/jobs"
        return [
            DeskRoute("POST", f"{jobs}/confirm", "answer", self.confirm),
            DeskRoute("POST", f"{jobs}/<job:str>/preview", "answer", self.preview),
        ]

    async def preview(self, request: Request, agent: Agent, conversation_id: str, job: str) -> HTTPResponse:
        wanted, tongue = await read_json(request, PreviewRequest), agent_tongue(self._parts, request)
        done_by = JOBS.get(job)
        if done_by is None:
            raise Problem("not_found")
        shopper, photos = await self._parts.log.read(lambda connection: _before(connection, conversation_id, agent))
        try:
            counter = await self._counter(photos)
            found = await order_by_id(self._api, shopper, wanted.order_id)
            if found is None:
                raise Problem("not_found")
            previewed = await _previewed(done_by, found.order, wanted.values, counter, tongue)
            refusal = await bots_refusal(done_by, found.order, counter, wanted.values)
        except StoreError as error:
            raise Problem("store_down") from error
        data = previewed.to_slot()

        def keep(connection: Connection) -> str:
            now = utc_now()
            if not found.known:
                about = {"at": "order", "order": found.order.number, "job": job}
                note_order_look(connection, agent, conversation_id, about, now)
            masked = done_by.masked(data) | ({"left_to_person": refusal.reason} if refusal else {})
            return keep_preview(connection, conversation_id, agent, job, data=data, masked=masked, now=now)

        preview_id = await self._owned(keep)
        shown = done_by.shown(data, tongue)
        answer = {"preview_id": preview_id, "shown": shown.as_json(), "next_steps": shown.next_steps}
        return json({**answer, **left_to_person(refusal, tongue)}, 201, PRIVATE)

    async def confirm(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        wanted, parts = await read_json(request, ConfirmRequest), self._parts
        counter = Counter(self._api, parts.desk.policy, utc_now())

        def when_told(connection: Connection) -> None:
            if parts.desk.outward.mail is not None:
                agent_answered(connection, conversation_id, counter.now)

        try:
            confirmed = await confirm(
                parts.log,
                counter,
                conversation_id,
                wanted.preview_id,
                agent,
                speak=lambda held: shopper_tongue(parts, held),
                when_told=when_told,
            )
        except NotOwner as taken:
            raise problem_of(taken) from taken
        except UnknownPreview as unknown:
            raise Problem("not_found") from unknown
        await announce_messages(parts.delivery, conversation_id, confirmed.messages)
        await announce_to_agents(parts.delivery, conversation_id)
        if confirmed.state != "done":
            raise self._not_done(confirmed, agent_tongue(parts, request))
        return json({"state": "done", "preview_id": wanted.preview_id, **confirmed.result}, headers=PRIVATE)

    async def _counter(self, photos: tuple[str, ...]) -> Counter:
        return Counter(self._api, self._parts.desk.policy, utc_now(), await self._api.capabilities(), photos)

    async def _owned(self, work: Any) -> Any:
        try:
            return await self._parts.log.write(work)
        except NotOwner as taken:
            raise problem_of(taken) from taken

    def _not_done(self, confirmed: Confirmed, tongue: Tongue) -> Problem:
        reason = confirmed.reason
        about: dict[str, Any] = {"state": confirmed.state, "reason": reason, "sentence": why(reason, tongue)}
        if reason in {"changed_meanwhile", "conflict"}:
            about["order"] = self._short(confirmed.changed, tongue) if confirmed.changed else None
            return Problem("changed_meanwhile", about=about)
        return Problem("job_refused" if confirmed.state == "refused" else "store_down", about=about)

    def _short(self, order: Order, tongue: Tongue) -> dict[str, Any]:
        return short_orders([order], None, self._parts.desk.policy, tongue, utc_now())[0]


def _before(connection: Connection, conversation_id: str, agent: Agent) -> tuple[Shopper, tuple[str, ...]]:
    """Raises ``not_owner``, before the store is asked for anything."""
    owner = get_conversation(connection, conversation_id).owner
    if (owner.kind, owner.id) != ("agent", agent.id):
        raise problem_of(NotOwner(owner))
    return shopper_of(connection, conversation_id), photos_sent(connection, conversation_id)


async def _previewed(job: DeskJob, order: Order, values: dict[str, Any], counter: Counter, tongue: Tongue) -> JobData:
    verdict = job.verdict(order, counter)
    if not verdict.allowed:
        raise _refused(verdict, tongue)
    try:
        return await job.preview(order, values, counter)
    except WrongValue as wrong:
        raise Problem("wrong_field", field=wrong.field, about={"field": wrong.field}) from wrong
    except Refused as no:
        raise _refused(no.verdict, tongue) from no


def _refused(verdict: Verdict, tongue: Tongue) -> Problem:
    about: dict[str, Any] = {"reason": verdict.reason, "sentence": why_not(verdict, tongue)}
    if verdict.reason == "invalid_address":
        errors = address_errors(verdict.details["errors"], tongue)
        field = next(iter(errors))
        label = tongue.words.label("address_field", field)
        return Problem("wrong_field", field=label, about={**about, "field": field, "errors": errors})
    return Problem("job_refused", about={**about, "helper": verdict.helper.value})
