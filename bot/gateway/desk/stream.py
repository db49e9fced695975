"""The desk's WebSocket: news of every conversation, all of the followed ones; no gap and nothing twice."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

import structlog
from pydantic import StrictInt, StrictStr, validator
from sanic.request import Request
from sanic.server.websockets.impl import WebsocketImplProtocol
from sqlalchemy.engine import Connection

from bot.conversations.errors import NoConversation
from bot.conversations.lookup import get_conversation
from bot.conversations.records import Conversation, Owner
from bot.conversations.tokens import token_hash
from bot.conversations.waiting import clock
from bot.desk.conversation.conversation_view import PAGE, Shown, shown_after
from bot.desk.people.agent import Agent
from bot.gateway.announce import announce_typing
from bot.gateway.bodies import parse
from bot.gateway.delivery import Event, Subscription
from bot.gateway.desk.cookies import token_in
from bot.gateway.desk.door import agent_of
from bot.gateway.desk.hub import DeskHub, Page
from bot.gateway.desk.message_shape import agent_message, new_message, without_personal_data
from bot.gateway.desk.outcomes import owner_of
from bot.gateway.desk.queue_frames import MOST, Batch, QueueFrame, news_after
from bot.gateway.desk.route import PREFIX
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.rate_limit import READ_BY_TOKEN
from bot.gateway.shapes import MAX_SEQ, Shape
from bot.gateway.socket_writer import SocketWriter

HELLO_SECONDS = 5.0
REFUSED = 4401  # also: the session has ended
MOST_FOLLOWED = 200

log = structlog.get_logger(__name__)


class DeskHello(Shape):
    """``after``: the clock up to which the page knows the queue."""

    type: Literal["hello"]
    csrf: StrictStr
    after: StrictInt = StrictInt(0)

    @validator("after")
    def _is_number(cls, value: int) -> int:
        if value < 0:
            raise ValueError("a clock")
        return value


class DeskFrame(Shape):
    """``after``: the number of the last message that the page has."""

    type: Literal["follow", "unfollow", "typing"]
    conversation_id: StrictStr
    after: StrictInt = StrictInt(0)

    @validator("conversation_id")
    def _is_id(cls, value: str) -> str:
        if not 1 <= len(value) <= 40:
            raise ValueError("an id")
        return value

    @validator("after")
    def _is_number(cls, value: int) -> int:
        if not 0 <= value <= MAX_SEQ:
            raise ValueError("a message's number")
        return value


def add_stream(app: Any, parts: Parts) -> None:
    hub = DeskHub(parts)

    async def stream(request: Request, socket: WebsocketImplProtocol) -> None:
        await DeskStream(parts, hub, request, socket).run()

    app.add_websocket_route(stream, f"{PREFIX}/stream", name="desk_stream")


class DeskStream:
    """One page's socket."""

    def __init__(self, parts: Parts, hub: DeskHub, request: Request, socket: WebsocketImplProtocol) -> None:
        self._parts = parts
        self._hub = hub
        self._request = request
        self._socket = socket
        self._out = SocketWriter(socket)
        self._told = 0  # the clock, as far as the page was told
        self._sent: dict[str, int] = {}  # followed conversations: the last message's number that the page has
        self._owners: dict[str, Owner] = {}

    async def run(self) -> None:
        try:
            hello = await self._hello()
            agent = await agent_of(self._parts, self._request, hello.csrf)
        except Problem:
            agent = None
        if agent is None or not agent.may("read"):
            await self._refuse()
            return
        self._told = hello.after
        # Subscribed before the replay: what is stored meanwhile waits in the inbox, and is sent once, by its number.
        async with self._parts.delivery.subscribe() as inbox:
            page = Page(agent, token_hash(token_in(self._request)), inbox, asyncio.Event())
            async with self._hub.joined(page):
                await self._serve(page)

    async def _hello(self) -> DeskHello:
        frame = await self._socket.recv(HELLO_SECONDS)
        if not isinstance(frame, str):
            raise Problem("not_signed_in")
        return parse(frame, DeskHello)

    async def _refuse(self) -> None:
        await self._socket.close(REFUSED)

    async def _serve(self, page: Page) -> None:
        sides: list[asyncio.Task[Any]] = [
            asyncio.create_task(self.push(page)),
            asyncio.create_task(self._listen(page)),
            asyncio.create_task(page.over.wait()),
        ]
        try:
            done, _ = await asyncio.wait(sides, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for side in sides:
                side.cancel()
            await asyncio.gather(*sides, return_exceptions=True)
        for side in done:
            if not side.cancelled() and (error := side.exception()) is not None:
                log.info("desk_stream.ended", agent=page.agent.id, why=type(error).__name__)
        if page.over.is_set():
            await self._refuse()

    async def push(self, page: Page) -> None:
        """Everything that the page is told goes out here, one after another."""
        await self._replay_queue(page.agent)
        await self._out.send({"type": "ready", "clock": self._told})
        await self._out.send_framed(self._hub.presence_frame())
        while True:
            event = await page.inbox.get()
            if page.inbox.lagging:
                page.inbox.lagging = False
                await self._catch_up(page.agent)
            await self._pass_on(event, page.agent)

    async def _catch_up(self, agent: Agent) -> None:
        """News were lost: everything is asked for by its number."""
        await self._replay_queue(agent)
        await self._out.send_framed(self._hub.presence_frame())
        for conversation_id in list(self._sent):
            await self._replay(conversation_id, agent)
            await self._out.send({"type": "detail", "conversation_id": conversation_id})

    async def _replay_queue(self, agent: Agent) -> None:
        def look(connection: Connection) -> tuple[int, list[dict[str, Any]]]:
            now = clock(connection)
            # A page that knows more than there is has known another database.
            return now, news_after(connection, self._told if self._told <= now else 0, self._hub.incidents)

        while True:
            now, found = await self._parts.log.read(look)
            batch = Batch([QueueFrame(each, detail=True) for each in found])
            if found:
                await self._out.send_framed(batch.written_for(agent))
            if len(found) < MOST:
                self._told = max(now, found[-1]["change"] if found else 0)
                return
            self._told = found[-1]["change"]

    async def _replay(self, conversation_id: str, agent: Agent) -> None:
        def look(connection: Connection) -> tuple[list[Shown], Conversation]:
            after = self._sent[conversation_id]
            return shown_after(connection, conversation_id, after), get_conversation(connection, conversation_id)

        while conversation_id in self._sent:
            found, standing = await self._parts.log.read(look)
            for shown in found:
                await self._send_message(conversation_id, agent_message(shown), agent)
            if len(found) < PAGE:
                await self._send_standing(standing)
                return

    async def _send_standing(self, standing: Conversation) -> None:
        self._owners[standing.id] = standing.owner
        about = {"conversation_id": standing.id}
        await self._out.send({"type": "owner", **about, "owner": owner_of(standing.owner)})
        await self._out.send({"type": "read", **about, "seq": standing.read_seq})

    async def _send_message(self, conversation_id: str, message: dict[str, Any], agent: Agent) -> None:
        shown = message if agent.may("personal") else without_personal_data(message)
        await self._out.send({"type": "message", "conversation_id": conversation_id, "message": shown})
        if conversation_id in self._sent:
            self._sent[conversation_id] = message["seq"]

    async def _pass_on(self, event: Event, agent: Agent) -> None:
        if event.kind == "batch":
            await self._pass_on_batch(event.data["batch"].after(self._told), agent)
        elif event.kind in ("presence", "notice"):
            await self._out.send_framed(event.data["frame"])
        elif event.topic in self._sent:
            await self._pass_on_followed(event, agent)

    async def _pass_on_batch(self, batch: Batch, agent: Agent) -> None:
        if not batch.frames:
            return
        await self._out.send_framed(batch.written_for(agent))
        self._told = batch.frames[-1].change
        for frame in batch.frames:
            if frame.detail and frame.conversation_id in self._sent:
                await self._out.send({"type": "detail", "conversation_id": frame.conversation_id})

    async def _pass_on_followed(self, event: Event, agent: Agent) -> None:
        about = {"conversation_id": event.topic}
        if event.kind == "follow":
            await self._replay(event.topic, agent)
        elif event.kind == "message":
            await self._pass_on_message(event.topic, event.data, agent)
        elif event.kind == "owner":
            told = event.data["owner"]
            owner = Owner(told["kind"], event.data["owner_id"], told.get("name"))
            self._owners[event.topic] = owner
            await self._out.send({"type": "owner", **about, "owner": owner_of(owner)})
        elif event.kind == "read":
            await self._out.send({"type": "read", **about, "seq": event.data["seq"]})
        elif event.kind == "typing" and event.data["author"] != _writes(agent):
            await self._out.send({"type": "typing", **about, **event.data})

    async def _pass_on_message(self, conversation_id: str, told: dict[str, Any], agent: Agent) -> None:
        seq, sent = told["message"]["seq"], self._sent[conversation_id]
        if seq == sent + 1:
            await self._send_message(conversation_id, new_message(told), agent)
        elif seq > sent:
            await self._replay(conversation_id, agent)

    async def _listen(self, page: Page) -> None:
        while True:
            frame = await self._socket.recv()
            try:
                self._parts.limits.take(READ_BY_TOKEN, page.token_hash)
                await self._hear(frame, page)
            except (Problem, NoConversation) as problem:
                log.info("desk_stream.frame_ignored", agent=page.agent.id, why=str(problem))

    async def _hear(self, frame: str | bytes | None, page: Page) -> None:
        if not isinstance(frame, str):
            raise Problem("bad_request")
        said = parse(frame, DeskFrame)
        conversation_id = said.conversation_id
        if said.type == "follow":
            await self._parts.log.read(lambda connection: get_conversation(connection, conversation_id))
            self.follow(conversation_id, said.after, page.inbox)
        elif said.type == "unfollow":
            self._sent.pop(conversation_id, None)
            self._owners.pop(conversation_id, None)
            page.inbox.remove(conversation_id)
        elif self._owners.get(conversation_id) == page.agent.owner:
            await announce_typing(self._parts.delivery, conversation_id, _writes(page.agent), on=True)

    def follow(self, conversation_id: str, after: int, inbox: Subscription) -> None:
        if conversation_id not in self._sent and len(self._sent) >= MOST_FOLLOWED:
            raise Problem("rate_limited")
        self._sent[conversation_id] = after
        inbox.add(conversation_id)
        # Only the pushing side sends, so that replayed and live messages stay in order.
        inbox.put(Event("follow", {}, conversation_id))


def _writes(agent: Agent) -> dict[str, str]:
    """Who types, as the shopper's page shows it."""
    return {"kind": "agent", "name": agent.name}
