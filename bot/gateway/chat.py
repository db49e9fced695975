"""The chat API's HTTP side, as ``chat_openapi.yml`` describes it."""

from __future__ import annotations

import math
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, empty, json, raw

from bot.conversations import errors
from bot.conversations.order_cards import redrawn_after
from bot.conversations.owner import owner_of
from bot.conversations.photos import get_photo, keep_photo
from bot.conversations.post import Incoming, Posted, post_message
from bot.conversations.receipts import mark_read
from bot.conversations.replay import messages_after
from bot.conversations.start import start_conversation
from bot.conversations.times import as_text, utc_now
from bot.gateway.access import address_of, admit
from bot.gateway.announce import announce_messages, announce_owner, announce_read, announce_to_agents
from bot.gateway.bodies import PHOTO_LIMIT, read_body, read_json
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.rate_limit import (
    PHOTO_BY_TOKEN,
    POST_BY_ADDRESS,
    POST_BY_TOKEN,
    READ_BY_TOKEN,
    START_BY_ADDRESS,
)
from bot.gateway.shapes import MAX_SEQ, PostRequest, SeqRequest, StartRequest, message_json, owner_json
from bot.gateway.waiting import MAX_WAIT, wait_for_replies

PHOTO_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
_PRIVATE = {"Cache-Control": "no-store"}


class ChatApi:
    """One method an operation."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def start(self, request: Request) -> HTTPResponse:
        parts = self._parts
        client_ref = parts.limits.reference(address_of(request))
        parts.limits.take(START_BY_ADDRESS, client_ref)
        wish = await read_json(request, StartRequest)
        customer = parts.customers.customer(wish.customer_token) if wish.customer_token is not None else None
        started = await parts.log.write(
            lambda connection: start_conversation(
                connection,
                locale=wish.locale or parts.settings.shop_locale,
                time_zone=parts.settings.shop_time_zone,
                client_ref=client_ref,
                customer=customer,
                now=utc_now(),
            )
        )
        body = {
            "conversation_id": started.conversation_id,
            "token": started.token,
            "expires_at": as_text(started.expires_at),
        }
        return json(body, 201, _PRIVATE)

    async def post(self, request: Request, conversation_id: str) -> HTTPResponse:
        parts = self._parts
        client_ref = parts.limits.reference(address_of(request))
        parts.limits.take(POST_BY_ADDRESS, client_ref)
        await admit(parts, request, conversation_id, POST_BY_TOKEN)
        wait = _wait_of(request)
        incoming = (await read_json(request, PostRequest)).incoming()
        if wait == 0:
            posted = await self._store(conversation_id, incoming, client_ref)
            return json({"seq": posted.seq}, 202, _PRIVATE)
        async with parts.delivery.subscribe(conversation_id) as events:
            posted = await self._store(conversation_id, incoming, client_ref)
            if posted.turn_id is None:
                replies: list[dict[str, Any]] | None = [message_json(message) for message in posted.new[1:]]
            else:
                sure = bool(posted.new)
                replies = await wait_for_replies(parts, events, posted.turn_id, wait, sure=sure)
        if replies is None:
            return json({"seq": posted.seq}, 202, _PRIVATE)
        if replies:
            parts.receipts.delivered(conversation_id, replies[-1]["seq"])
        return json({"seq": posted.seq, "replies": replies}, 200, _PRIVATE)

    async def _store(self, conversation_id: str, incoming: Incoming, client_ref: str) -> Posted:
        parts = self._parts
        runner = parts.runner.name_to_begin
        posted = await parts.log.write(
            lambda connection: post_message(
                connection,
                conversation_id,
                incoming,
                client_ref=client_ref,
                contact_thanks=lambda language: parts.words.text("gateway.contact_thanks", language),
                rules=parts.desk.rules,
                now=utc_now(),
                runner=runner,
            )
        )
        await announce_messages(parts.delivery, conversation_id, posted.new)
        if posted.owner is not None:
            await announce_owner(parts.delivery, conversation_id, posted.owner)
        if posted.for_people:
            detail = posted.owner is not None or incoming.text is None
            await announce_to_agents(parts.delivery, conversation_id, detail=detail)
        if posted.begun is not None:
            parts.runner.take(posted.begun)
        elif posted.turn_id is not None:
            parts.runner.wake(conversation_id)
        return posted

    async def messages(self, request: Request, conversation_id: str) -> HTTPResponse:
        parts = self._parts
        await admit(parts, request, conversation_id, READ_BY_TOKEN)
        after, known = _number_of(request, "after"), _number_of(request, "redrawn")
        redrawn, found = await parts.log.read(
            lambda connection: (
                redrawn_after(connection, conversation_id, known, up_to=after),
                messages_after(connection, conversation_id, after),
            )
        )
        owner = await parts.log.read(lambda connection: owner_of(connection, conversation_id))
        if found:
            parts.receipts.delivered(conversation_id, found[-1].seq)
        body: dict[str, Any] = {
            "messages": [message_json(message) for message in found],
            "redrawn": [message_json(message) for message in redrawn.messages],
            "owner": owner_json(owner),
        }
        return json(body, 200, _PRIVATE)

    async def read(self, request: Request, conversation_id: str) -> HTTPResponse:
        parts = self._parts
        await admit(parts, request, conversation_id, READ_BY_TOKEN)
        wanted = await read_json(request, SeqRequest)
        seen = await parts.log.write(lambda connection: mark_read(connection, conversation_id, wanted.seq, utc_now()))
        if seen is not None:
            await announce_read(parts.delivery, conversation_id, seen)
        return empty(204, _PRIVATE)

    async def upload_photo(self, request: Request, conversation_id: str) -> HTTPResponse:
        parts = self._parts
        await admit(parts, request, conversation_id, PHOTO_BY_TOKEN)
        if request.headers.get("content-type", "").split(";")[0].strip().lower() not in PHOTO_TYPES:
            raise Problem("photo_type")
        photo = await parts.photos.store(await read_body(request, PHOTO_LIMIT))
        await parts.log.write(lambda connection: keep_photo(connection, conversation_id, photo, utc_now()))
        return json({"photo_id": photo.id, "width": photo.width, "height": photo.height}, 201, _PRIVATE)

    async def photo(self, request: Request, conversation_id: str, photo_id: str) -> HTTPResponse:
        parts = self._parts
        await admit(parts, request, conversation_id, READ_BY_TOKEN)
        try:
            found = await parts.log.read(lambda connection: get_photo(connection, conversation_id, photo_id))
        except errors.UnknownPhoto as error:
            raise Problem("not_found") from error
        headers = {"Cache-Control": "private, max-age=31536000, immutable"}
        return raw(await parts.photos.read(found), 200, headers, content_type="image/jpeg")


def _wait_of(request: Request) -> float:
    """Seconds; beyond the most it is the most."""
    given = request.args.get("wait")
    if given is None:
        return 0.0
    try:
        seconds = float(given)
    except ValueError as error:
        raise Problem("invalid", field="wait") from error
    if not math.isfinite(seconds) or not 0 <= seconds <= MAX_WAIT:
        raise Problem("invalid", field="wait")
    return seconds


def _number_of(request: Request, name: str) -> int:
    given = request.args.get(name, "0")
    if not (given.isascii() and given.isdigit() and len(given) <= 10 and int(given) <= MAX_SEQ):
        raise Problem("invalid", field=name)
    return int(given)
