"""Who is told of what happens in a conversation. Now inside one process; Redis or LISTEN can stand in its place.

Events are news, not the truth: a subscriber who falls behind or finds a number missing reads the log.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal, Protocol

BACKLOG = 200


@dataclass(frozen=True)
class Event:
    """``data`` is JSON.

    ``message`` (with the ``turn_id`` it belongs to), ``owner`` and ``read`` are for every side, ``typing`` for all but
    its author's, ``turn`` for those who wait for an answer.
    """

    kind: Literal["message", "typing", "owner", "read", "turn"]
    data: dict[str, Any]


class Subscription:
    """A queue that never grows without end and never holds up the publisher: when it is full, ``lagging`` is set."""

    def __init__(self) -> None:
        self._events: deque[Event] = deque(maxlen=BACKLOG)
        self._news = asyncio.Event()
        self.lagging = False

    def put(self, event: Event) -> None:
        if len(self._events) == BACKLOG:
            self.lagging = True
        self._events.append(event)
        self._news.set()

    async def get(self) -> Event:
        while not self._events:
            self._news.clear()
            await self._news.wait()
        return self._events.popleft()


class Delivery(Protocol):
    async def publish(self, conversation_id: str, event: Event) -> None: ...

    def subscribe(self, conversation_id: str) -> AbstractAsyncContextManager[Subscription]: ...


class LocalDelivery:
    """Inside one process."""

    def __init__(self) -> None:
        self._subscriptions: dict[str, set[Subscription]] = {}

    async def publish(self, conversation_id: str, event: Event) -> None:
        for subscription in self._subscriptions.get(conversation_id, ()):
            subscription.put(event)

    @asynccontextmanager
    async def subscribe(self, conversation_id: str) -> AsyncIterator[Subscription]:
        subscription = Subscription()
        self._subscriptions.setdefault(conversation_id, set()).add(subscription)
        try:
            yield subscription
        finally:
            others = self._subscriptions[conversation_id]
            others.discard(subscription)
            if not others:
                del self._subscriptions[conversation_id]

    def listened_to(self) -> set[str]:
        """The conversations that anybody follows now."""
        return set(self._subscriptions)
