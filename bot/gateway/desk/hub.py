"""News for all agents' pages: looked up once, written as frames once, handed to every page's queue.

It works while pages are open and rests otherwise. What one page alone follows (messages, typing) goes to it directly.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from bot.conversations.times import utc_now
from bot.conversations.waiting import clock
from bot.desk.people.agent import Agent
from bot.desk.people.open_pages import signed_in
from bot.desk.people.presence import seen
from bot.desk.queue.incidents import incidents_now, parts_of
from bot.gateway.announce import announce_presence
from bot.gateway.delivery import AGENTS, Event, Subscription
from bot.gateway.desk.agent_json import colleagues_json
from bot.gateway.desk.queue_frames import MOST, Batch, QueueFrame, news_after
from bot.gateway.parts import Parts
from bot.gateway.socket_writer import framed

GATHER_SECONDS = 0.4  # news of so long are one look-up; messages of a followed conversation do not wait for it
UPKEEP_SECONDS = 2.0  # sessions that ended, news that nobody told
SEEN_SECONDS = 20.0

log = structlog.get_logger(__name__)


@dataclass(eq=False)
class Page:
    """An agent's open page. ``over`` is set when its session has ended, and its socket closes."""

    agent: Agent
    token_hash: str
    inbox: Subscription
    over: asyncio.Event


class DeskHub:
    """One in a process."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._pages: set[Page] = set()
        self._last = 0  # the clock, as far as it was told
        self._gone: dict[str, datetime] = {}  # agents whose last page here closed
        self.incidents: dict[str, str] = {}  # conversation to the incident it is part of
        self._presence: list[dict[str, Any]] = []
        self._presence_frame = b""
        self._seen_at = 0.0
        self._work: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()

    @asynccontextmanager
    async def joined(self, page: Page) -> AsyncIterator[None]:
        """Inside, everything that is news after this moment comes into the page's inbox."""
        self._pages.add(page)
        try:
            await self._begin()
            await self._arrived(page)
            yield
        finally:
            self._pages.discard(page)
            await self._left(page)

    async def _begin(self) -> None:
        async with self._starting:
            if self._work is not None:
                return
            async with AsyncExitStack() as opened:
                news = await opened.enter_async_context(self._parts.delivery.subscribe(AGENTS))
                self._last = await self._parts.log.read(clock)
                await self._look_for_incidents()
                self._work = asyncio.create_task(self._serve(news, opened.pop_all()))

    def presence_frame(self) -> bytes:
        return self._presence_frame

    async def _arrived(self, page: Page) -> None:
        agent_id = page.agent.id
        self._gone.pop(agent_id, None)
        await self._parts.log.write(lambda connection: seen(connection, [agent_id], utc_now()))
        await self._look_who_is_there()
        # The sweeper hears it too, and gives out what waits.
        await announce_presence(self._parts.delivery)

    async def _left(self, page: Page) -> None:
        if not any(each.agent.id == page.agent.id for each in self._pages):
            self._gone[page.agent.id] = utc_now()
        if not self._pages and self._work is not None:
            self._work.cancel()
            self._work = None
        await announce_presence(self._parts.delivery)

    async def _serve(self, news: Subscription, opened: AsyncExitStack) -> None:
        async with opened:
            upkeep = asyncio.create_task(self._forever(self._look_after, UPKEEP_SECONDS))
            try:
                while True:
                    first = await news.get()
                    await asyncio.sleep(GATHER_SECONDS)
                    try:
                        await self._tell([first, *news.take_all()], all_detail=news.lagging)
                        news.lagging = False
                    except Exception:
                        log.exception("hub.failed")
            finally:
                upkeep.cancel()
                await asyncio.gather(upkeep, return_exceptions=True)

    async def _tell(self, events: list[Event], *, all_detail: bool = False) -> None:
        changed = {event.data["conversation_id"]: False for event in events if event.kind == "changed"}
        for event in events:
            if event.kind == "changed" and event.data.get("detail", True):
                changed[event.data["conversation_id"]] = True
        if any(changed.values()):
            await self._look_for_incidents()
        if changed:
            await self._tell_changes(changed, all_detail=all_detail)
        # After the changes: a page that hears the notice knows the conversation it is about.
        for event in events:
            if event.kind == "notice":
                self._pass_on_notice(event.data)
        if any(event.kind == "presence" for event in events) or any(changed.values()):
            await self._look_who_is_there()

    async def _tell_changes(self, detail: dict[str, bool], *, all_detail: bool) -> None:
        """``detail``: of the conversations that were told of, whether more than messages is new; of others it is."""
        while True:
            found = await self._parts.log.read(lambda connection: news_after(connection, self._last, self.incidents))
            if not found:
                return
            frames = [QueueFrame(each, all_detail or detail.get(each["id"], True)) for each in found]
            self._last = frames[-1].change
            batch = Event("batch", {"batch": Batch(frames)})
            for page in self._pages:
                page.inbox.put(batch)
            if len(found) < MOST:
                return

    async def _look_for_incidents(self) -> None:
        config = self._parts.desk.config
        found = await self._parts.log.read(lambda connection: incidents_now(connection, config))
        self.incidents = parts_of(found)

    def _pass_on_notice(self, data: dict[str, Any]) -> None:
        agents, roles = data["for_agents"], data["roles"]
        event = Event("notice", {"frame": framed({"type": "notice", **data["notice"]})})
        for page in self._pages:
            if (not agents and not roles) or page.agent.id in agents or page.agent.role in roles:
                page.inbox.put(event)

    async def _look_who_is_there(self) -> None:
        everybody = [self._as_known_here(each) for each in await colleagues_json(self._parts)]
        if everybody == self._presence:
            return
        self._presence = everybody
        self._presence_frame = framed({"type": "presence", "agents": everybody})
        event = Event("presence", {"frame": self._presence_frame})
        for page in self._pages:
            page.inbox.put(event)

    def _as_known_here(self, agent: dict[str, Any]) -> dict[str, Any]:
        """Who closed the last page is gone at once, on the screens; for the rules ``seen_at`` decides."""
        return {**agent, "presence": "offline"} if agent["id"] in self._gone else agent

    async def _look_after(self) -> None:
        log_, now = self._parts.log, utc_now()
        pages = list(self._pages)
        hashes, ids = [page.token_hash for page in pages], [page.agent.id for page in pages]
        if (at := asyncio.get_running_loop().time()) - self._seen_at >= SEEN_SECONDS:
            await log_.write(lambda connection: seen(connection, ids, now))
            self._seen_at = at
        sessions = self._parts.sessions
        before = sessions.held()
        valid = await log_.read(lambda connection: signed_in(connection, hashes, now))
        sessions.still(hashes, valid, before)
        for page in pages:
            agent = valid.get(page.token_hash)
            if agent is None:
                page.over.set()
            else:
                page.agent = agent
        # What another process changed, or what nobody told of.
        await self._tell_changes({}, all_detail=False)
        await self._look_who_is_there()

    async def _forever(self, work: Callable[[], Awaitable[None]], seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await work()
            except Exception:
                log.exception("hub.upkeep_failed")
