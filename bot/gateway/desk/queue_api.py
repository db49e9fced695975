"""Every act that moves a conversation from one hand to another, for one conversation or for many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.engine import Connection

from bot.conversations.times import utc_now
from bot.desk.conversation.labels import change_labels
from bot.desk.people.agent import Agent
from bot.desk.people.agents import get_agent
from bot.desk.queue.bulk import BulkDone, do_all
from bot.desk.queue.claims import assign, claim, release, take_over
from bot.desk.queue.events import Outcome
from bot.desk.queue.resolve import reopen, resolve
from bot.desk.queue.snooze import snooze
from bot.desk.queue.summary import summaries
from bot.desk.queue.transfer import transfer_to_agent, transfer_to_team
from bot.gateway.bodies import read_json
from bot.gateway.desk.outcomes import REFUSALS, announce, problem_of
from bot.gateway.desk.queue_shapes import (
    AssignRequest,
    BulkRequest,
    Nothing,
    SnoozeRequest,
    TransferRequest,
)
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.desk.sweeper import give_what_waits
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem

Act = Callable[[Connection, datetime], Outcome]


class QueueApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._rules = parts.desk.rules
        self._config = parts.desk.config

    def routes(self) -> list[DeskRoute]:
        one = "/conversations/<conversation_id:str>"
        return [
            DeskRoute("POST", f"{one}/claim", "answer", self.claim),
            DeskRoute("POST", f"{one}/take_over", "supervise", self.take_over),
            DeskRoute("POST", f"{one}/assign", "answer", self.assign),
            DeskRoute("POST", f"{one}/transfer", "answer", self.transfer),
            DeskRoute("POST", f"{one}/release", "answer", self.release),
            DeskRoute("POST", f"{one}/snooze", "answer", self.snooze),
            DeskRoute("POST", f"{one}/resolve", "answer", self.resolve),
            DeskRoute("POST", f"{one}/reopen", "answer", self.reopen),
            DeskRoute("POST", "/bulk", "supervise", self.bulk),
        ]

    async def claim(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        await read_json(request, Nothing)
        return await self._done(conversation_id, lambda connection, now: claim(connection, conversation_id, agent, now))

    async def take_over(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        await read_json(request, Nothing)
        return await self._done(
            conversation_id, lambda connection, now: take_over(connection, conversation_id, agent, self._rules, now)
        )

    async def assign(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        to = (await read_json(request, AssignRequest)).agent_id
        return await self._done(conversation_id, self._assign(conversation_id, to, agent))

    async def transfer(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        wanted = await read_json(request, TransferRequest)
        if wanted.team is not None and wanted.team not in self._config.teams:
            raise Problem("invalid", field="team")

        def act(connection: Connection, now: datetime) -> Outcome:
            how: dict[str, Any] = {"by": agent, "note": wanted.note, "rules": self._rules, "now": now}
            if wanted.team is not None:
                return transfer_to_team(connection, conversation_id, wanted.team, **how)
            to = get_agent(connection, str(wanted.agent_id))
            return transfer_to_agent(connection, conversation_id, to, config=self._config, **how)

        return await self._done(conversation_id, act)

    async def release(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        await read_json(request, Nothing)
        return await self._done(
            conversation_id, lambda connection, now: release(connection, conversation_id, agent, self._rules, now)
        )

    async def snooze(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        until = (await read_json(request, SnoozeRequest)).until
        return await self._done(
            conversation_id, lambda connection, now: snooze(connection, conversation_id, agent, until, now)
        )

    async def resolve(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        await read_json(request, Nothing)
        return await self._done(conversation_id, self._resolve(conversation_id, agent))

    async def reopen(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        await read_json(request, Nothing)

        def act(connection: Connection, now: datetime) -> Outcome:
            return reopen(connection, conversation_id, agent, rules=self._rules, config=self._config, now=now)

        return await self._done(conversation_id, act)

    async def bulk(self, request: Request, agent: Agent) -> HTTPResponse:
        wanted = await read_json(request, BulkRequest)

        def act(connection: Connection, conversation_id: str) -> Outcome:
            now = utc_now()
            if wanted.action == "resolve":
                return self._resolve(conversation_id, agent)(connection, now)
            if wanted.action == "claim":
                return claim(connection, conversation_id, agent, now)
            if wanted.action == "assign":
                return self._assign(conversation_id, str(wanted.agent_id), agent)(connection, now)
            known = self._config.labels
            _, changed = change_labels(connection, conversation_id, add=[str(wanted.label)], known=known)
            return Outcome(conversation_id, changed=changed)

        def do(connection: Connection) -> BulkDone:
            return do_all(connection, wanted.conversations, act, REFUSALS)

        result = await self._parts.log.write(do)
        await self._announce(result.done)
        refused = [{"id": each, "code": problem_of(error).code} for each, error in result.refused]
        return json({"done": [each.conversation_id for each in result.done], "refused": refused}, 200, PRIVATE)

    def _assign(self, conversation_id: str, to: str, by: Agent) -> Act:
        def act(connection: Connection, now: datetime) -> Outcome:
            agent = get_agent(connection, to)
            return assign(connection, conversation_id, agent, by=by, config=self._config, now=now)

        return act

    def _resolve(self, conversation_id: str, agent: Agent) -> Act:
        def question(language: str) -> str:
            return self._parts.words.text("gateway.rating_request", language)

        def act(connection: Connection, now: datetime) -> Outcome:
            return resolve(connection, conversation_id, agent, question=question, now=now)

        return act

    async def _done(self, conversation_id: str, act: Act) -> HTTPResponse:
        """One transaction; everybody is told; the conversation as it stands then."""

        def do(connection: Connection) -> tuple[Outcome, dict[str, Any]]:
            outcome = act(connection, utc_now())
            return outcome, summaries(connection, [conversation_id])[0]

        try:
            outcome, shown = await self._parts.log.write(do)
        except REFUSALS as error:
            raise problem_of(error) from error
        await self._announce([outcome])
        return json({"conversation": shown}, 200, PRIVATE)

    async def _announce(self, outcomes: list[Outcome]) -> None:
        await announce(self._parts.delivery, outcomes)
        await give_what_waits(self._parts.log, self._parts.delivery, self._rules)
