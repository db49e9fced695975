"""The chat API's WebSocket: replays what came after a number, then pushes, with no gap and nothing twice."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import structlog
from sanic.request import Request
from sanic.server.websockets.impl import WebsocketImplProtocol

from bot.conversations.owner import owner_of
from bot.conversations.receipts import mark_read
from bot.conversations.replay import PAGE, messages_after
from bot.conversations.times import utc_now
from bot.gateway.access import address_of, conversation_for
from bot.gateway.announce import announce_read, announce_typing
from bot.gateway.bodies import parse
from bot.gateway.delivery import Event, Subscription
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.rate_limit import READ_BY_TOKEN, REFUSED_BY_ADDRESS
from bot.gateway.shapes import ClientFrame, HelloFrame, message_json, owner_json

HELLO_SECONDS = 5.0
SEND_SECONDS = 10.0
REFUSED = 4401
TOO_FAST = 4429
_SHOPPER = {"kind": "shopper"}

log = structlog.get_logger(__name__)


class Stream:
    """One browser tab's socket."""

    def __init__(self, parts: Parts, socket: WebsocketImplProtocol, conversation_id: str) -> None:
        self._parts = parts
        self._socket = socket
        self._id = conversation_id
        self._sent = 0  # the last number this tab has

    async def run(self, request: Request) -> None:
        try:
            hello = await self._hello()
        except Problem:
            await self._refuse(REFUSED)
            return
        limits = self._parts.limits
        try:
            limits.take(READ_BY_TOKEN, hello.token)
            if await conversation_for(self._parts, hello.token) != self._id:
                limits.take(REFUSED_BY_ADDRESS, limits.reference(address_of(request)))
                await self._refuse(REFUSED)
                return
        except Problem:
            await self._refuse(TOO_FAST)
            return
        self._sent = hello.after
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
            await self._pass_on(event)

    async def _replay(self) -> None:
        while True:
            found = await self._parts.log.read(lambda connection: messages_after(connection, self._id, self._sent))
            for message in found:
                await self._send({"type": "message", "message": message_json(message)})
                self._sent = message.seq
            if found:
                self._parts.receipts.delivered(self._id, self._sent)
            if len(found) < PAGE:
                return

    async def _pass_on(self, event: Event) -> None:
        if event.kind == "message":
            await self._pass_on_message(event.data)
        elif event.kind in ("owner", "read") or (event.kind == "typing" and event.data["author"] != _SHOPPER):
            await self._send({"type": event.kind, **event.data})

    async def _pass_on_message(self, data: dict[str, Any]) -> None:
        seq = data["message"]["seq"]
        if seq <= self._sent:
            return
        if seq > self._sent + 1:
            await self._replay()
            return
        await self._send({"type": "message", "message": data["message"]})
        self._sent = seq
        self._parts.receipts.delivered(self._id, seq)

    async def _send(self, frame: dict[str, Any]) -> None:
        """A browser that takes nothing for long is cut off; it comes back and asks for what it missed."""
        text = json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
        try:
            await asyncio.wait_for(self._socket.send(text), SEND_SECONDS)
        except asyncio.TimeoutError:
            self._socket.fail_connection(1011)
            raise

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
