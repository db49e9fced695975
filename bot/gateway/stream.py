"""The chat API's WebSocket: replays what came after a number, then pushes, with no gap and nothing twice."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import structlog
from sanic.request import Request
from sanic.server.websockets.impl import WebsocketImplProtocol
from sqlalchemy.engine import Connection

from bot.conversations.order_cards import Redrawn, redrawn_after
from bot.conversations.owner import owner_of
from bot.conversations.receipts import mark_read
from bot.conversations.records import Message
from bot.conversations.replay import PAGE, messages_after
from bot.conversations.times import utc_now
from bot.gateway.access import address_of
from bot.gateway.announce import announce_read, announce_typing
from bot.gateway.bodies import parse
from bot.gateway.delivery import Event, Subscription
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.rate_limit import READ_BY_TOKEN, REFUSED_BY_ADDRESS
from bot.gateway.shapes import ClientFrame, HelloFrame, message_json, owner_json
from bot.gateway.socket_writer import SocketWriter

TYPING_SECONDS = 6.0  # after an agent's last key; their page tells of it every few seconds
HELLO_SECONDS = 5.0
REFUSED = 4401
TOO_FAST = 4429
_SHOPPER = {"kind": "shopper"}

log = structlog.get_logger(__name__)


@dataclass
class _Typing:
    """The agent whose writing the tab shows, and when it will take them to have stopped."""

    author: dict[str, Any]
    ends: asyncio.TimerHandle


class Stream:
    """One browser tab's socket."""

    def __init__(self, parts: Parts, socket: WebsocketImplProtocol, conversation_id: str) -> None:
        self._parts = parts
        self._socket = socket
        self._send = SocketWriter(socket).send
        self._id = conversation_id
        self._sent = 0  # the last number this tab has
        self._redrawn = 0  # the last revision of cards it has
        self._typing: _Typing | None = None

    async def run(self, request: Request) -> None:
        try:
            hello = await self._hello()
        except Problem:
            await self._refuse(REFUSED)
            return
        limits = self._parts.limits
        try:
            limits.take(READ_BY_TOKEN, hello.token)
            if await self._parts.tokens.conversation(hello.token) != self._id:
                limits.take(REFUSED_BY_ADDRESS, limits.reference(address_of(request)))
                await self._refuse(REFUSED)
                return
        except Problem:
            await self._refuse(TOO_FAST)
            return
        self._sent, self._redrawn = hello.after, hello.redrawn
        await self._serve(hello.token)

    async def _hello(self) -> HelloFrame:
        """The first frame. Raises a problem if it does not come in time or is not what it should be."""
        frame = await self._socket.recv(HELLO_SECONDS)
        if not isinstance(frame, str):
            raise Problem("not_signed_in")
        return parse(frame, HelloFrame)

    async def _refuse(self, code: int) -> None:
        await self._socket.close(code)

    async def _serve(self, token: str) -> None:
        # Subscribed before the replay: what is stored meanwhile waits in the queue, and is sent once, by its number.
        async with self._parts.delivery.subscribe(self._id) as events:
            sides = [asyncio.create_task(self._push(events)), asyncio.create_task(self._listen(token))]
            try:
                done, _ = await asyncio.wait(sides, return_when=asyncio.FIRST_COMPLETED)
            finally:
                if self._typing is not None:
                    self._typing.ends.cancel()
                for side in sides:
                    side.cancel()
                await asyncio.gather(*sides, return_exceptions=True)
        for side in done:
            if not side.cancelled() and (error := side.exception()) is not None:
                log.info("stream.ended", conversation=self._id, why=type(error).__name__)

    async def _push(self, events: Subscription) -> None:
        await self._replay()
        owner = await self._parts.log.read(lambda connection: owner_of(connection, self._id))
        await self._send({"type": "owner", "owner": owner_json(owner)})
        while True:
            event = await events.get()
            if events.lagging:
                events.lagging = False
                await self._replay()
            await self._pass_on(event, events)

    async def _replay(self) -> None:
        while True:
            redrawn, found = await self._parts.log.read(self._missed)
            for message in redrawn.messages:
                await self._send_redrawn(message_json(message))
            self._redrawn = redrawn.revision
            for message in found:
                await self._send({"type": "message", "message": message_json(message)})
                self._sent = message.seq
            if found:
                self._parts.receipts.delivered(self._id, self._sent)
            if len(found) < PAGE:
                return

    def _missed(self, connection: Connection) -> tuple[Redrawn, list[Message]]:
        """Cards drawn anew of messages that the tab has, and the messages it has not."""
        redrawn = redrawn_after(connection, self._id, self._redrawn, up_to=self._sent)
        return redrawn, messages_after(connection, self._id, self._sent)

    async def _pass_on(self, event: Event, events: Subscription) -> None:
        if event.kind == "message":
            await self._pass_on_message(event.data)
        elif event.kind == "redrawn":
            await self._pass_on_redrawn(event.data["message"])
        elif event.kind == "owner":
            await self._send({"type": "owner", "owner": event.data["owner"]})
            await self._no_longer_typing()
        elif event.kind == "typing" and event.data["author"] != _SHOPPER:
            await self._pass_on_typing(event, events)
        elif event.kind == "read":
            await self._send({"type": "read", **event.data})

    async def _pass_on_typing(self, event: Event, events: Subscription) -> None:
        """An agent's page tells that they write, never that they stopped; the bot's runner tells both."""
        await self._send({"type": "typing", **event.data})
        if self._typing is not None:
            self._typing.ends.cancel()
            self._typing = None
        if event.data["on"] and event.data["author"]["kind"] == "agent":
            stopped = Event("typing", {**event.data, "on": False}, event.topic)
            ends = asyncio.get_running_loop().call_later(TYPING_SECONDS, events.put, stopped)
            self._typing = _Typing(event.data["author"], ends)

    async def _no_longer_typing(self) -> None:
        if self._typing is not None:
            self._typing.ends.cancel()
            await self._send({"type": "typing", "author": self._typing.author, "on": False})
            self._typing = None

    async def _pass_on_message(self, data: dict[str, Any]) -> None:
        seq = data["message"]["seq"]
        if seq <= self._sent:
            return
        if seq > self._sent + 1:
            await self._replay()
            return
        await self._send({"type": "message", "message": data["message"]})
        if data["message"]["author"]["kind"] == "agent":
            await self._no_longer_typing()
        self._sent = seq
        self._parts.receipts.delivered(self._id, seq)

    async def _pass_on_redrawn(self, message: dict[str, Any]) -> None:
        revision = message["revision"]
        if revision <= self._redrawn:
            return
        if message["seq"] > self._sent or revision > self._redrawn + 1:
            await self._replay()
            return
        await self._send_redrawn(message)
        self._redrawn = revision

    async def _send_redrawn(self, message: dict[str, Any]) -> None:
        await self._send({"type": "redrawn", "message": message})

    async def _listen(self, token: str) -> None:
        while True:
            frame = await self._socket.recv()
            try:
                self._parts.limits.take(READ_BY_TOKEN, token)
                await self._hear(frame)
            except Problem as problem:
                log.info("stream.frame_ignored", conversation=self._id, why=problem.code)

    async def _hear(self, frame: str | bytes | None) -> None:
        if not isinstance(frame, str):
            raise Problem("bad_request")
        said = parse(frame, ClientFrame)
        if said.type == "typing":
            await announce_typing(self._parts.delivery, self._id, _SHOPPER, on=True)
        elif said.seq is not None:
            wanted = said.seq
            seen = await self._parts.log.write(lambda connection: mark_read(connection, self._id, wanted, utc_now()))
            if seen is not None:
                await announce_read(self._parts.delivery, self._id, seen)
