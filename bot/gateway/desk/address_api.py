"""The desk's API for address forms: the same for every conversation, so the page asks once."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.desk.form.address_forms import address_forms
from bot.desk.people.agent import Agent
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.desk.tongues import agent_tongue
from bot.gateway.parts import Parts


class AddressApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        return [DeskRoute("GET", "/address_forms", "personal", self.forms)]

    async def forms(self, request: Request, agent: Agent) -> HTTPResponse:
        return json(address_forms(self._parts.desk.policy, agent_tongue(self._parts, request)), headers=PRIVATE)
