"""One conversation with all that is known of it, in one answer."""

from __future__ import annotations

from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.engine import Connection

from bot.desk.conversation.conversation_view import Shown, last_page, view_of, view_without_personal_data
from bot.desk.form.conversation_form import form_of
from bot.desk.orders.order_tried import in_words
from bot.desk.people.agent import Agent
from bot.gateway.desk.looking import look
from bot.gateway.desk.messages_api import shown_to
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.desk.tongues import agent_tongue
from bot.gateway.parts import Parts


class ConversationApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        return [DeskRoute("GET", "/conversations/<conversation_id:str>", "read", self.conversation)]

    async def conversation(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        await look(self._parts, agent, conversation_id)
        tongue = agent_tongue(self._parts, request)

        def find(connection: Connection) -> tuple[dict[str, Any], tuple[list[Shown], bool]]:
            view = view_of(connection, conversation_id, agent, self._parts.desk.config)
            view["form"] = form_of(connection, conversation_id, self._parts.desk.forms, tongue).as_json()
            view["tried"] = in_words(view["tried"], tongue)
            return view, last_page(connection, conversation_id)

        view, (messages, more) = await self._parts.log.read(find)
        if not agent.may("personal"):
            view = view_without_personal_data(view)
        return json({**view, "messages": shown_to(agent, messages), "more": more}, 200, PRIVATE)
