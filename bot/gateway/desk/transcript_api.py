"""An agent's button: the conversation goes to the shopper by mail, to an address that is proved to be theirs."""

from __future__ import annotations

from math import ceil

from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.engine import Connection

from bot.conversations.times import utc_now
from bot.desk.outward.transcript import NothingSaid, TooMany, send_transcript
from bot.desk.people import audit
from bot.desk.people.agent import Agent
from bot.desk.shoppers.shopper import shopper_of, verified_email_of
from bot.gateway.bodies import read_json
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.shapes import Shape
from bot.orders.mask import mask_email
from bot.store.errors import StoreError


class _Nothing(Shape):
    """An empty object: the address is not the agent's to choose."""


class TranscriptApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        return [DeskRoute("POST", "/conversations/<conversation_id:str>/transcript", "answer", self.send)]

    async def send(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        """Raises ``mail_off``, ``not_verified``, ``rate_limited``, ``store_down``."""
        await read_json(request, _Nothing)
        parts, outward = self._parts, self._parts.desk.outward
        if outward.mail is None:
            raise Problem("mail_off")
        shopper = await parts.log.read(lambda connection: shopper_of(connection, conversation_id))
        try:
            email = await verified_email_of(parts.desk.orders, shopper)
        except StoreError as error:
            raise Problem("store_down") from error
        if email is None:
            raise Problem("not_verified")
        address = email

        def put(connection: Connection) -> None:
            now = utc_now()
            send_transcript(connection, conversation_id, address, shop=outward.shop, words=outward.words, now=now)
            audit.record(connection, agent, "transcript", conversation_id, {"email": address}, now)

        try:
            await parts.log.write(put)
        except TooMany as error:
            raise Problem("rate_limited", headers={"Retry-After": str(ceil(error.after))}) from error
        except NothingSaid as error:
            raise Problem("not_found") from error
        return json({"email": mask_email(address)}, 202, PRIVATE)
