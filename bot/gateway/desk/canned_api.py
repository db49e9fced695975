"""Words for agents to answer with: canned replies with their variables filled in, and what the desk suggests."""

from __future__ import annotations

from functools import partial
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.conversations.times import utc_now
from bot.desk.orders.jobs.all_jobs import JOBS
from bot.desk.orders.jobs.job import Counter
from bot.desk.people.agent import Agent
from bot.desk.replies.canned import find_replies
from bot.desk.replies.canned_file import Canned, CannedReply
from bot.desk.replies.canned_values import Filled, fill, values_of
from bot.desk.replies.situation import Situation, freshened, situation_of
from bot.desk.replies.suggestion_file import Rule
from bot.desk.replies.suggestions import suggest
from bot.gateway.desk.looking import look
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.desk.tongues import wording_of
from bot.gateway.parts import Parts
from bot.languages import ENGLISH, language_of


class CannedApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        return [
            DeskRoute("GET", "/canned", "read", self.replies),
            DeskRoute("GET", "/conversations/<conversation_id:str>/suggestions", "answer", self.suggestions),
        ]

    async def replies(self, request: Request, agent: Agent) -> HTTPResponse:
        """``conversation``: whose values are filled in; ``language`` first; ``q``: what to find them by."""
        conversation_id, situation = request.args.get("conversation"), None
        if conversation_id and agent.may("personal"):
            situation = await self._situation(agent, conversation_id)
        wish = request.args.get("language")
        spoken = situation.language if situation is not None else (agent.languages or (ENGLISH,))[0]
        language = language_of(wish) if wish else spoken
        canned = self._parts.desk.canned.now()
        found = find_replies(canned, language, request.args.get("q") or "")
        shown = [self._filled(reply, canned, situation, agent) for reply in found]
        return json({"replies": shown, "broken": self._parts.desk.canned.broken}, 200, PRIVATE)

    async def suggestions(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        situation = await self._situation(agent, conversation_id)
        suggestion = suggest(situation, self._parts.desk.suggestions.now(), partial(self._possible, situation))
        read = _language_read(request)
        reply, action = suggestion.reply, suggestion.action
        shown = {
            "reply": self._reply(reply, situation, agent, read) if reply is not None else None,
            "action": {"name": action.action, "why": action.why_in(read)} if action is not None else None,
        }
        return json(shown, 200, PRIVATE)

    def _possible(self, situation: Situation, action: str) -> bool:
        """An order job that the shop's rules refuse for this order is no next step."""
        job = JOBS.get(action.removeprefix("job:"))
        if job is None or situation.order is None:
            return True
        desk = self._parts.desk
        return job.verdict(situation.order, Counter(desk.orders, desk.policy, utc_now())).allowed

    async def _situation(self, agent: Agent, conversation_id: str) -> Situation:
        desk, now = self._parts.desk, utc_now()
        await look(self._parts, agent, conversation_id)
        situation = await self._parts.log.read(
            lambda connection: situation_of(connection, conversation_id, agent.id, desk.policy, now)
        )
        return await freshened(situation, desk.orders, desk.policy, now)

    def _reply(self, rule: Rule, situation: Situation, agent: Agent, read: str) -> dict[str, Any] | None:
        canned = self._parts.desk.canned.now()
        reply = canned.find(str(rule.reply), situation.language)
        if reply is None:  # taken out of the file just now
            return None
        return {**self._filled(reply, canned, situation, agent), "why": rule.why_in(read)}

    def _filled(self, reply: CannedReply, canned: Canned, situation: Situation | None, agent: Agent) -> dict[str, Any]:
        settings, shop = self._parts.settings, self._parts.desk.policy.shop
        tongue = wording_of(self._parts).shopper(
            reply.language, f"{reply.language}-{shop.country}", settings.shop_time_zone
        )
        values = values_of(situation, tongue, agent=agent.name, shop=settings.shop_name)
        filled: Filled = fill(reply.text, values, lambda variable: canned.name_of(variable, reply.language))
        return {
            "id": reply.id,
            "title": reply.title,
            "text": filled.text,
            "missing": filled.missing,
            "language": reply.language,
            "tags": list(reply.tags),
        }


def _language_read(request: Request) -> str:
    """By the agent, on their page."""
    wish = request.args.get("language") or request.headers.get("accept-language", "").split(",")[0].split(";")[0]
    return language_of(str(wish).strip()) or ENGLISH
