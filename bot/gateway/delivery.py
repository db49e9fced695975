"""Who is told of what happens in a conversation. Now inside one process; Redis or LISTEN can stand in its place.

Events are news, not the truth: a subscriber who falls behind or finds a number missing reads the log.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

BACKLOG = 200
AGENTS = "agents"  # the topic of the desk; no conversation has such an id


@dataclass(frozen=True)
class Event:
    """``data`` is JSON; ``topic`` is where it was published.

    ``message`` (with the ``turn_id`` it belongs to), ``redrawn`` (its card is another now), ``owner`` and ``read`` are
    for every side, ``typing`` for all but its author's, ``turn`` for those who wait for an answer; ``changed``,
    ``presence`` and ``notice`` are published to ``AGENTS``. ``batch`` and ``follow`` are the desk's own and go straight
    into a subscription.
    """

    kind: Literal[
        "message", "redrawn", "typing", "owner", "read", "turn", "changed", "presence", "notice", "batch", "follow"
    ]
    data: dict[str, Any]
    topic: str = ""


class Subscription:
    """A queue that never grows without end and never holds up the publisher: when it is full, ``lagging`` is set.

    One may follow several topics, and take up and leave topics while it is open.
    """

    def __init__(self, by_topic: dict[str, set[Subscription]]) -> None:
        self._by_topic = by_topic
        self._topics: set[str] = set()
        self._events: deque[Event] = deque(maxlen=BACKLOG)
        self._news = asyncio.Event()
        self.lagging = False

    def add(self, topic: str) -> None:
        self._topics.add(topic)
        self._by_topic.setdefault(topic, set()).add(self)

    def remove(self, topic: str) -> None:
        """What was published before may still come."""
        self._topics.discard(topic)
        others = self._by_topic.get(topic, set())
        others.discard(self)
        if not others:
            self._by_topic.pop(topic, None)

    def close(self) -> None:
        for topic in tuple(self._topics):
            self.remove(topic)

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

    def take_all(self) -> list[Event]:
        """What has come by now; nothing is waited for."""
        events = list(self._events)
        self._events.clear()
        return events


class Delivery(Protocol):
    async def publish(self, topic: str, event: Event) -> None: ...

    def subscribe(self, *topics: str) -> AbstractAsyncContextManager[Subscription]: ...


class LocalDelivery:
    """Inside one process."""

    def __init__(self) -> None:
        self._subscriptions: dict[str, set[Subscription]] = {}

    async def publish(self, topic: str, event: Event) -> None:
        there = self._subscriptions.get(topic)
        if not there:
            return
        event = replace(event, topic=topic)
        for subscription in there:
            subscription.put(event)

    @asynccontextmanager
    async def subscribe(self, *topics: str) -> AsyncIterator[Subscription]:
        subscription = Subscription(self._subscriptions)
        for topic in topics:
            subscription.add(topic)
        try:
            yield subscription
        finally:
            subscription.close()

    def listened_to(self) -> set[str]:
        """The topics that anybody follows now."""
        return set(self._subscriptions)
