"""What agents write to each other: notes, whispers, labels."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import StrictStr, validator
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from bot.conversations.times import utc_now
from bot.desk.conversation.labels import UnknownLabel, change_labels
from bot.desk.conversation.mentions import mentions_seen
from bot.desk.conversation.notes import NobodyToWhisperTo, Note, add_note, note_json
from bot.desk.people.agent import Agent
from bot.gateway.announce import announce_notice, announce_to_agents
from bot.gateway.bodies import read_json
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.shapes import Shape
from bot.orders.mask import mask_text

MAX_NOTE = 4000  # characters
_IN_NOTICE = 200
_MOST_LABELS = 50
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class NoteRequest(Shape):
    client_id: StrictStr
    text: StrictStr
    kind: Literal["note", "whisper"] = "note"

    @validator("client_id")
    def _is_client_id(cls, value: str) -> str:
        if not _CLIENT_ID.fullmatch(value):
            raise ValueError("client_id")
        return value

    @validator("text")
    def _is_text(cls, value: str) -> str:
        if not value.strip() or len(value) > MAX_NOTE or "\0" in value:
            raise ValueError("text")
        return value


class LabelsRequest(Shape):
    add: tuple[StrictStr, ...] = ()
    remove: tuple[StrictStr, ...] = ()

    @validator("add", "remove")
    def _are_few(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if len(value) > _MOST_LABELS or any("\0" in each for each in value):
            raise ValueError("labels")
        return value


class NotesApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        place = "/conversations/<conversation_id:str>"
        return [
            DeskRoute("POST", f"{place}/notes", "note", self.add),
            DeskRoute("POST", f"{place}/labels", "note", self.label),
            DeskRoute("POST", f"{place}/mentions/seen", "note", self.seen),
        ]

    async def add(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        wanted = await read_json(request, NoteRequest)
        if wanted.kind == "whisper" and not agent.may("supervise"):
            raise Problem("forbidden")
        try:
            noted = await self._parts.log.write(
                lambda connection: add_note(
                    connection,
                    conversation_id,
                    agent,
                    text=wanted.text,
                    kind=wanted.kind,
                    client_id=wanted.client_id,
                    now=utc_now(),
                )
            )
        except NobodyToWhisperTo as error:
            raise Problem("nobody_to_whisper_to") from error
        if noted.new:
            await self._announce(noted.note)
        return json({"note": note_json(noted.note, agent)}, 201 if noted.new else 200, PRIVATE)

    async def label(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        wanted = await read_json(request, LabelsRequest)
        known = self._parts.desk.config.labels
        try:
            now_there, changed = await self._parts.log.write(
                lambda connection: change_labels(
                    connection, conversation_id, add=wanted.add, remove=wanted.remove, known=known
                )
            )
        except UnknownLabel as error:
            raise Problem("invalid", field="add") from error
        if changed:
            await announce_to_agents(self._parts.delivery, conversation_id)
        return json({"labels": now_there}, 200, PRIVATE)

    async def seen(self, request: Request, agent: Agent, conversation_id: str) -> HTTPResponse:
        changed = await self._parts.log.write(
            lambda connection: mentions_seen(connection, conversation_id, agent.id, utc_now())
        )
        if changed:
            await announce_to_agents(self._parts.delivery, conversation_id)
        return empty(headers=PRIVATE)

    async def _announce(self, note: Note) -> None:
        delivery = self._parts.delivery
        await announce_to_agents(delivery, note.conversation_id)
        if note.mentioned:
            what = "whispered" if note.kind == "whisper" else "mentioned"
            # A desktop notification may be seen by others.
            text = mask_text(note.text)[:_IN_NOTICE]
            await announce_notice(delivery, what, note.conversation_id, for_agents=note.mentioned, text=text)
