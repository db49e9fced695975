"""News of many conversations in one queue, and what a page that fell behind does about it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy.engine import Connection
from websockets.connection import OPEN

from bot.conversations.append import Draft, append
from bot.conversations.database import ConversationLog
from bot.conversations.lookup import hold_conversation
from bot.conversations.migrate import migrate
from bot.conversations.records import SHOPPER, Message
from bot.conversations.start import start_conversation
from bot.conversations.times import utc_now
from bot.conversations.waiting import clock, tell_agents
from bot.desk.config import load_desk_config
from bot.desk.conversation.conversation_view import PAGE, last_page, shown_after
from bot.desk.people.agent import Agent
from bot.desk.people.agents import add_agent
from bot.gateway.announce import announce_messages, announce_to_agents
from bot.gateway.delivery import BACKLOG, Event, LocalDelivery
from bot.gateway.desk.hub import DeskHub, Page
from bot.gateway.desk.queue_frames import Batch, QueueFrame, news_after
from bot.gateway.desk.stream import DeskStream
from bot.settings import Settings


async def test_one_queue_follows_many_conversations_and_knows_which_is_which() -> None:
    delivery = LocalDelivery()
    async with delivery.subscribe("a") as events:
        events.add("b")
        for topic in ("a", "b", "c"):
            await delivery.publish(topic, Event("read", {"seq": 1}))
        assert [event.topic for event in events.take_all()] == ["a", "b"]
        events.remove("a")
        await delivery.publish("a", Event("read", {"seq": 2}))
        await delivery.publish("b", Event("read", {"seq": 2}))
        assert [event.topic for event in events.take_all()] == ["b"]
        assert delivery.listened_to() == {"b"}
    assert delivery.listened_to() == set()


async def test_who_falls_behind_in_many_conversations_is_told_so_and_holds_up_nobody() -> None:
    delivery = LocalDelivery()
    async with delivery.subscribe("a", "b") as slow, delivery.subscribe("b") as quick:
        for seq in range(BACKLOG):
            await delivery.publish("a" if seq % 2 else "b", Event("read", {"seq": seq}))
        assert not slow.lagging
        await delivery.publish("b", Event("read", {"seq": BACKLOG}))
        assert (slow.lagging, quick.lagging) == (True, False)
        assert len(slow.take_all()) == BACKLOG


async def test_one_who_waits_hears_what_comes_later() -> None:
    delivery = LocalDelivery()
    async with delivery.subscribe() as events:
        waits = asyncio.create_task(events.get())
        events.add("late")
        await delivery.publish("late", Event("read", {"seq": 7}))
        assert (await waits).data == {"seq": 7}


async def test_news_come_in_order_and_each_conversation_once(tmp_path: Path) -> None:
    log = ConversationLog(f"sqlite:///{tmp_path / 'log.db'}")
    await migrate(log)
    ids = [await log.write(_begin) for _ in range(3)]
    for number in (0, 1, 2, 0):
        await log.write(lambda connection, number=number: tell_agents(connection, ids[number]))
    found = await log.read(lambda connection: news_after(connection, 0, {}))
    assert [each["id"] for each in found] == [ids[1], ids[2], ids[0]]
    assert [each["change"] for each in found] == [2, 3, 4]
    assert await log.read(clock) == 4
    batch = Batch([QueueFrame(each, detail=False) for each in found])
    assert batch.full == b"".join(frame.full for frame in batch.frames)
    assert [frame.conversation_id for frame in batch.after(2).frames] == [ids[2], ids[0]]
    assert batch.after(1) is batch
    later = await log.read(lambda connection: news_after(connection, 3, {ids[0]: "bot_failed"}))
    assert [(each["id"], each["incident"]) for each in later] == [(ids[0], "bot_failed")]
    await log.close()


async def test_messages_come_in_pages_both_ways(tmp_path: Path) -> None:
    log = ConversationLog(f"sqlite:///{tmp_path / 'log.db'}")
    await migrate(log)
    conversation_id = await log.write(lambda connection: _begin(connection, says=PAGE + 5))
    page, more = await log.read(lambda connection: last_page(connection, conversation_id))
    assert ([each.message.seq for each in page], more) == (list(range(6, PAGE + 6)), True)
    older, more = await log.read(lambda connection: last_page(connection, conversation_id, before=6))
    assert ([each.message.seq for each in older], more) == ([1, 2, 3, 4, 5], False)
    after = await log.read(lambda connection: shown_after(connection, conversation_id, 3))
    assert [each.message.seq for each in after] == list(range(4, PAGE + 4))
    await log.close()


def _an_agent(connection: Connection) -> Agent:
    return add_agent(
        connection,
        name="Aini",
        email="aini@example.com",
        password_hash="none",
        role="agent",
        languages=["en"],
        capacity=5,
        now=utc_now(),
    )


def _say(connection: Connection, conversation_id: str) -> list[Message]:
    held = hold_conversation(connection, conversation_id)
    stored = append(connection, held, [Draft(SHOPPER, "hello")], utc_now())
    tell_agents(connection, conversation_id)
    return stored


def _begin(connection: Connection, says: int = 1) -> str:
    now = utc_now()
    started = start_conversation(connection, locale="en", time_zone="UTC", client_ref="x", customer=None, now=now)
    held = hold_conversation(connection, started.conversation_id)
    append(connection, held, [Draft(SHOPPER, f"message {number}") for number in range(says)], now)
    return started.conversation_id


class SlowBrowser:
    """A socket that takes nothing until it is told to: no real one can be made to, byte by byte."""

    def __init__(self) -> None:
        self.takes, self.news = asyncio.Event(), asyncio.Event()
        self.frames: list[dict[str, Any]] = []
        self.connection = SimpleNamespace(state=OPEN)
        self.io_proto = self.transport = self

    def get_write_buffer_size(self) -> int:
        return 1  # never idle: every frame waits its turn

    async def send(self, data: bytes) -> None:
        await self.takes.wait()
        while data:
            size, begin = data[1], 2
            if size == 126:
                size, begin = int.from_bytes(data[2:4], "big"), 4
            self.frames.append(json.loads(data[begin : begin + size]))
            data = data[begin + size :]
        self.news.set()

    async def has(self, messages: int, change: int) -> None:
        """Return once it has been told so much."""
        while len(self.of("message")) < messages or change not in [each["change"] for each in self.of("conversation")]:
            self.news.clear()
            await self.news.wait()

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame["type"] == kind]


async def test_a_page_that_fell_behind_gets_every_message_once_and_in_order(tmp_path: Path) -> None:
    log, delivery = ConversationLog(f"sqlite:///{tmp_path / 'log.db'}"), LocalDelivery()
    await migrate(log)
    conversation_id = await log.write(_begin)
    agent = await log.write(_an_agent)
    desk = SimpleNamespace(config=load_desk_config(Settings()))
    parts: Any = SimpleNamespace(log=log, delivery=delivery, desk=desk)
    hub, browser = DeskHub(parts), SlowBrowser()
    stream = DeskStream(parts, hub, request=None, socket=browser)  # type: ignore[arg-type]
    async with delivery.subscribe() as inbox:
        page = Page(agent, "none", inbox, asyncio.Event())
        async with hub.joined(page):
            stream.follow(conversation_id, 0, inbox)
            pushing = asyncio.create_task(stream.push(page))
            for _ in range(BACKLOG + 50):
                stored = await log.write(lambda connection: _say(connection, conversation_id))
                await announce_messages(delivery, conversation_id, stored)
                await announce_to_agents(delivery, conversation_id)
            assert inbox.lagging
            browser.takes.set()
            await asyncio.wait_for(browser.has(BACKLOG + 51, await log.read(clock)), 60)
            pushing.cancel()
            await asyncio.gather(pushing, return_exceptions=True)
    assert [frame["message"]["seq"] for frame in browser.of("message")] == list(range(1, BACKLOG + 52))
    changes = [frame["change"] for frame in browser.of("conversation")]
    assert changes == sorted(set(changes))
    assert changes[-1] == await log.read(clock)
    assert delivery.listened_to() == set()
    await log.close()
