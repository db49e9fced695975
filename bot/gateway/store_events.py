"""``POST /store/v1/events``: the store says by itself that an order has changed (docs/store-events.md)."""

from __future__ import annotations

import structlog
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sqlalchemy.engine import Connection

from bot.conversations.order_news import tell_of_order
from bot.conversations.times import utc_now
from bot.gateway.access import address_of
from bot.gateway.bodies import read_body
from bot.gateway.order_watcher import OrderWatcher
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.rate_limit import STORE_EVENT_BY_ADDRESS
from bot.store.event_readers import event_reader
from bot.store.events import BadSignature, StoreEvent

LARGEST_EVENT = 1024 * 1024  # some platforms send the whole order
LONGEST_ID = 200

log = structlog.get_logger(__name__)


class StoreEvents:
    """Answers as soon as the news is kept; what it means is worked out afterwards, by ``OrderWatcher``."""

    def __init__(self, parts: Parts, watcher: OrderWatcher) -> None:
        self._parts = parts
        self._watcher = watcher
        self._read = event_reader(parts.settings.store_platform)

    async def receive(self, request: Request) -> HTTPResponse:
        parts = self._parts
        parts.limits.take(STORE_EVENT_BY_ADDRESS, parts.limits.reference(address_of(request)))
        event = self._event(request, await read_body(request, LARGEST_EVENT))
        if event is None or not 1 <= len(event.order_id) <= LONGEST_ID or "\0" in event.order_id:
            return empty(204)
        order_id, topic = event.order_id, event.topic.replace("\0", "")

        def keep(connection: Connection) -> None:
            tell_of_order(connection, order_id, topic, utc_now())

        await parts.log.write(keep)
        self._watcher.wake()
        return empty(202)

    def _event(self, request: Request, body: bytes) -> StoreEvent | None:
        if self._read is None:
            raise Problem("not_found")
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            return self._read(headers, body, self._parts.settings.store_webhook_secrets)
        except BadSignature as refused:
            log.warning("store_event.refused")
            raise Problem("bad_signature") from refused
        except ValueError as nonsense:
            log.warning("store_event.not_understood", why=type(nonsense).__name__)
            raise Problem("bad_request") from nonsense
