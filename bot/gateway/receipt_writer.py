"""Writes down what was delivered, many messages in one transaction: nobody waits for it."""

from __future__ import annotations

import asyncio

import structlog

from bot.conversations.database import ConversationLog
from bot.conversations.receipts import mark_delivered
from bot.conversations.times import utc_now

PAUSE_SECONDS = 1.0

log = structlog.get_logger(__name__)


class ReceiptWriter:
    def __init__(self, conversations: ConversationLog) -> None:
        self._log = conversations
        self._up_to: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None

    def delivered(self, conversation_id: str, seq: int) -> None:
        self._up_to[conversation_id] = max(seq, self._up_to.get(conversation_id, 0))

    def start(self) -> None:
        self._task = asyncio.create_task(self._write_now_and_then())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        await self._write()

    async def _write_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(PAUSE_SECONDS)
            try:
                await self._write()
            except Exception:
                log.exception("receipts.failed")

    async def _write(self) -> None:
        if self._up_to:
            up_to, self._up_to = self._up_to, {}
            await self._log.write(lambda connection: mark_delivered(connection, up_to, utc_now()))
