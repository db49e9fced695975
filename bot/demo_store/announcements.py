"""The store tells of its changes by itself: a row in the change's own transaction, sent until somebody takes it.

An order that changes again before it was told of is told of once: who hears of it reads the order anyway.
"""

from __future__ import annotations

import asyncio
import json
import logging
import uuid

import httpx
from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection, Engine

from bot.demo_store.database import announcements
from bot.store.demo_webhook import signed_headers

TOPIC = "order.updated"
PAUSE_SECONDS = 0.25
LONGEST_PAUSE = 30.0
TIMEOUT = 5.0
AT_ONCE = 20

log = logging.getLogger(__name__)


def announce(connection: Connection, order_id: str, topic: str = TOPIC) -> None:
    connection.execute(delete(announcements).where(announcements.c.order_id == order_id))
    connection.execute(insert(announcements).values(order_id=order_id, id=uuid.uuid4().hex, topic=topic))


class Announcer:
    """Sends what lies there; the store goes on selling whether anybody listens or not."""

    def __init__(self, engine: Engine, writing: Engine, url: str, secret: str) -> None:
        self._engine = engine
        self._writing = writing
        self._url = url
        self._secret = secret
        self._client = httpx.AsyncClient(timeout=TIMEOUT, trust_env=False)

    async def run(self) -> None:
        """Until cancelled."""
        failures = 0
        try:
            while True:
                failures = 0 if await self._send_all() else failures + 1
                await asyncio.sleep(min(PAUSE_SECONDS * 2**failures, LONGEST_PAUSE))
        finally:
            await self._client.aclose()

    async def _send_all(self) -> bool:
        try:
            for event_id, order_id, topic in await asyncio.to_thread(self._waiting):
                await self._send(event_id, order_id, topic)
                await asyncio.to_thread(self._sent, event_id)
        except httpx.HTTPError as error:
            log.info("nobody took the news: %s", type(error).__name__)
            return False
        except Exception:
            log.exception("the news could not be sent")
            return False
        return True

    async def _send(self, event_id: str, order_id: str, topic: str) -> None:
        body = json.dumps({"id": event_id, "topic": topic, "order_id": order_id}).encode()
        headers = {"content-type": "application/json", **signed_headers(self._secret, body)}
        (await self._client.post(self._url, content=body, headers=headers)).raise_for_status()

    def _waiting(self) -> list[tuple[str, str, str]]:
        with self._engine.begin() as connection:
            rows = connection.execute(select(announcements).limit(AT_ONCE)).all()
        return [(row.id, row.order_id, row.topic) for row in rows]

    def _sent(self, event_id: str) -> None:
        with self._writing.begin() as connection:
            connection.execute(delete(announcements).where(announcements.c.id == event_id))
