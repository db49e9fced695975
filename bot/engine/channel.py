"""The channel through which the gateway runs turns: ``POST /webhooks/turns/run`` and ``GET /webhooks/turns/health``."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import ValidationError
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.tracker_store import FailSafeTrackerStore
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json, text

from bot.engine.action_endpoint import ActionEndpoint, ActionServerDown
from bot.engine.tracker_store import TurnedElsewhere, TurnTrackerStore
from bot.engine.turn_request import TurnRequest
from bot.engine.turns import Turns
from bot.settings import Settings

logger = logging.getLogger(__name__)


class WrongSetUp(Exception):
    """The engine cannot serve turns as it is configured; the sentence says what to change."""


class TurnChannel(InputChannel):
    """``bot.engine.channel.TurnChannel:`` in ``credentials.yml``; its key is ``RAMAH_ENGINE_KEY``."""

    def __init__(self, key: str) -> None:
        if not key:
            raise WrongSetUp("RAMAH_ENGINE_KEY is not set: the gateway and Rasa need the same key.")
        self._key = key.encode()
        self._turns: Turns | None = None

    @classmethod
    def name(cls) -> str:
        return "turns"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TurnChannel:
        return cls((credentials or {}).get("key") or Settings().engine_key)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The two routes; ``on_new_message`` is Rasa's way in and is not used, for it answers nothing."""
        routes = Blueprint("turns")

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            if self._turns_of(request.app) is None:
                return _problem(503, "model not loaded", "The dialogue model is not loaded yet.")
            return json({"status": "ok"})

        @routes.post("/run")
        async def run(request: Request) -> HTTPResponse:
            given = request.headers.get("Authorization", "")
            if not hmac.compare_digest(given.encode(), b"Bearer " + self._key):
                return _problem(401, "not authorised", "The key does not fit.")
            try:
                turn = TurnRequest.parse_raw(request.body or b"null")
            except ValidationError as error:
                return _problem(400, "bad request", _first_complaint(error))
            turns = self._turns_of(request.app)
            if turns is None:
                return _problem(503, "model not loaded", "The dialogue model is not loaded yet.")
            # Shielded: a gateway that hangs up must not cut a turn in two.
            return await asyncio.shield(asyncio.ensure_future(_run(turns, turn)))

        return routes

    def _turns_of(self, app: Sanic) -> Turns | None:
        agent: Agent | None = getattr(app.ctx, "agent", None)
        if self._turns is None and agent is not None and agent.is_ready():
            self._turns = turns_for(agent)
        return self._turns


def turns_for(agent: Agent) -> Turns:
    """Make a loaded agent ready for turns.

    Raises:
        WrongSetUp: its tracker store cannot keep answers.
    """
    store = agent.tracker_store
    if isinstance(store, FailSafeTrackerStore):  # Rasa wraps every store, to lose a conversation rather than stop
        store = store._tracker_store
    if not isinstance(store, TurnTrackerStore):
        raise WrongSetUp("The turns channel needs tracker_store.type bot.engine.tracker_store.TurnTrackerStore.")
    if agent.action_endpoint is not None and not isinstance(agent.action_endpoint, ActionEndpoint):
        agent.action_endpoint = agent.processor.action_endpoint = ActionEndpoint(
            agent.action_endpoint.url, Settings().seconds_for_an_action
        )
    return Turns(agent, store)


async def _run(turns: Turns, turn: TurnRequest) -> HTTPResponse:
    try:
        return text(await turns.run(turn), content_type="application/json")
    except ActionServerDown as error:
        return _problem(503, "action server down", str(error))
    except TurnedElsewhere:
        return _problem(503, "conversation busy", "Another process has just answered in this conversation.")
    except Exception:
        logger.exception("Turn %s of conversation %s failed.", turn.turn_id, turn.conversation_id)
        return _problem(500, "turn failed", "The engine could not answer this turn; sending it again will not help.")


def _problem(status: int, title: str, detail: str) -> HTTPResponse:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return json(body, status=status, content_type="application/problem+json")


def _first_complaint(error: ValidationError) -> str:
    complaint = error.errors()[0]
    where = ".".join(str(part) for part in complaint["loc"] if part != "__root__")
    return f"{where or 'body'}: {complaint['msg']}."
