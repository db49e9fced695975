"""One turn after another within a conversation, turns of different conversations side by side.

Rasa's own lock store lets a waiting message look once a second whether it may go; this one wakes it. It orders the
turns of one Rasa process. Several Rasa processes on one database are kept apart by the tracker store's version check.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock_store import LockStore


class ConversationLocks(LockStore):
    """A Rasa lock store: ``lock_store: {type: bot.engine.locks.ConversationLocks}`` in ``endpoints.yml``."""

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()
        self._locks: dict[str, asyncio.Lock] = {}
        self._interested: Counter[str] = Counter()

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncIterator[None]:
        """Hold the conversation; who waits is served in the order of arrival.

        Args:
            conversation_id: the conversation to hold.
            lock_lifetime: Rasa's parameter; unused, a lock ends with its block.
            wait_time_in_seconds: Rasa's parameter; unused, nobody polls.
        """
        self._interested[conversation_id] += 1
        try:
            async with self._locks.setdefault(conversation_id, asyncio.Lock()):
                yield
        finally:
            self._interested[conversation_id] -= 1
            if not self._interested[conversation_id]:
                del self._interested[conversation_id]
                self._locks.pop(conversation_id, None)

    def is_someone_waiting(self, conversation_id: str) -> bool:
        return self._interested[conversation_id] > 1
