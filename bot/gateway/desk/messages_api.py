"""A conversation's messages at the desk: read, answered, with photos both ways."""

from __future__ import annotations

from typing import Any

from pydantic import StrictStr, root_validator, validator
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json, raw
from sqlalchemy.engine import Connection

from bot.conversations.answer_shopper import Said, answer_shopper
from bot.conversations.errors import NotOwner
from bot.conversations.owner import owner_of
from bot.conversations.photos import get_photo, keep_photo
from bot.conversations.times import utc_now
from bot.desk.conversation.agent_read import agent_has_read
from bot.desk.conversation.conversation_view import PAGE, Shown, last_page, shown_after
from bot.desk.outward.mailed_answers import agent_answered
from bot.desk.people.agent import Agent
from bot.gateway.announce import announce_messages, announce_to_agents
from bot.gateway.bodies import PHOTO_LIMIT, read_body, read_json
from bot.gateway.chat import PHOTO_TYPES
from bot.gateway.desk.looking import look
from bot.gateway.desk.message_shape import agent_message, without_personal_data
from bot.gateway.desk.outcomes import problem_of
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.rate_limit import PHOTO_BY_TOKEN
from bot.gateway.shapes import MAX_SEQ, SeqRequest, Shape, is_client_id

MAX_TEXT = 5000
_PLACE = "/conversations/<conversation_id:str>"


class AnswerRequest(Shape):
    """Exactly one of ``text`` and ``photo`` (an id)."""

    client_id: StrictStr
    text: StrictStr | None = None
    photo: StrictStr | None = None

    _client_id = validator("client_id", allow_reuse=True)(is_client_id)

    @validator("photo")
    def _is_photo(cls, value: str | None) -> str | None:
        if value is not None and not 1 <= len(value) <= 40:
            raise ValueError("an id")
        return value

    @validator("text")
    def _is_text(cls, value: str | None) -> str | None:
        if value is not None and (not 1 <= len(value) <= MAX_TEXT or not value.strip() or "\0" in value):
            raise ValueError("text")
        return value

    @root_validator(skip_on_failure=True)
    def _is_one_thing(cls, values: dict[str, Any]) -> dict[str, Any]:
        if (values["text"] is None) == (values["photo"] is None):
            raise ValueError("text or photo")
        return values


class MessagesApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        return [
            DeskRoute("GET", f"{_PLACE}/messages", "read", self.messages),
            DeskRoute("POST", f"{_PLACE}/messages", "answer", self.answer),
            DeskRoute("POST", f"{_PLACE}/read", "read", self.read),
            DeskRoute("POST", f"{_PLACE}/photos", "answer", self.upload_photo),
            DeskRoute("GET", f"{_PLACE}/photos/<photo_id:str>", "personal", self.photo),
        ]

    async def messages(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        """Those after a number, oldest first, or the last ones (before a number)."""
        after, before = _number(request, "after"), _number(request, "before")
        await look(self._parts, agent, conversation_id)

        def find(connection: Connection) -> tuple[list[Shown], bool]:
            if after is None:
                return last_page(connection, conversation_id, before)
            found = shown_after(connection, conversation_id, after)
            return found, len(found) == PAGE

        found, more = await self._parts.log.read(find)
        return json({"messages": shown_to(agent, found), "more": more}, 200, PRIVATE)

    async def answer(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        wanted = await read_json(request, AnswerRequest)

        def store(connection: Connection) -> Said:
            now = utc_now()
            said = answer_shopper(
                connection,
                conversation_id,
                agent.author,
                client_id=wanted.client_id,
                text=wanted.text or "",
                photo_id=wanted.photo,
                now=now,
            )
            if said.new and self._parts.desk.outward.mail is not None:
                agent_answered(connection, conversation_id, now)
            return said

        try:
            said = await self._parts.log.write(store)
        except NotOwner as error:
            raise problem_of(error) from error
        if said.new:
            await announce_messages(self._parts.delivery, conversation_id, said.new)
            await announce_to_agents(self._parts.delivery, conversation_id, detail=False)
        return json({"seq": said.seq}, 201 if said.new else 200, PRIVATE)

    async def read(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        wanted = await read_json(request, SeqRequest)
        news = await self._parts.log.write(
            lambda connection: agent_has_read(connection, conversation_id, agent, wanted.seq)
        )
        if news:
            await announce_to_agents(self._parts.delivery, conversation_id, detail=False)
        return empty(204, PRIVATE)

    async def upload_photo(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        parts = self._parts
        parts.limits.take(PHOTO_BY_TOKEN, agent.id)
        owner = await parts.log.read(lambda connection: owner_of(connection, conversation_id))
        if owner.kind != "agent" or owner.id != agent.id:
            raise problem_of(NotOwner(owner))
        if request.headers.get("content-type", "").split(";")[0].strip().lower() not in PHOTO_TYPES:
            raise Problem("photo_type")
        photo = await parts.photos.store(await read_body(request, PHOTO_LIMIT))
        await parts.log.write(lambda connection: keep_photo(connection, conversation_id, photo, utc_now()))
        return json({"photo_id": photo.id, "width": photo.width, "height": photo.height}, 201, PRIVATE)

    async def photo(self, request: Request, agent: Agent, conversation_id: str, photo_id: str) -> HTTPResponse:
        await look(self._parts, agent, conversation_id)
        found = await self._parts.log.read(lambda connection: get_photo(connection, conversation_id, photo_id))
        headers = {"Cache-Control": "private, max-age=3600, immutable"}
        return raw(await self._parts.photos.read(found), 200, headers, content_type="image/jpeg")


def shown_to(agent: Agent, found: list[Shown]) -> list[dict[str, Any]]:
    messages = [agent_message(each) for each in found]
    return messages if agent.may("personal") else [without_personal_data(each) for each in messages]


def _number(request: Request, name: str) -> int | None:
    given = request.args.get(name)
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 10 and int(given) <= MAX_SEQ):
        raise Problem("invalid", field=name)
    return int(given)
