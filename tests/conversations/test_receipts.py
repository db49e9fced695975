"""When messages arrived, when they were seen, and how far back a page goes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.conversations.database import ConversationLog
from bot.conversations.receipts import mark_delivered, mark_read
from bot.conversations.replay import messages_after
from bot.conversations.tables import messages
from tests.conversations.play import Play


async def _marks(play: Play, log: ConversationLog, column: str) -> list[bool]:
    query = select(messages.c[column]).where(messages.c.conversation_id == play.id).order_by(messages.c.seq)
    rows: list[Any] = await log.read(lambda connection: list(connection.execute(query)))
    return [row[0] is not None for row in rows]


async def _talk(play: Play, turns: int) -> None:
    for _ in range(turns):
        await play.says()
        await play.answers(await play.begun())


async def test_what_arrived_is_noted_once_and_only_for_what_others_said(play: Play, log: ConversationLog) -> None:
    await _talk(play, 2)
    await log.write(lambda connection: mark_delivered(connection, {play.id: 3}, play.now))
    assert await _marks(play, log, "delivered_at") == [False, True, False, False]
    first = play.now
    play.later()
    await log.write(lambda connection: mark_delivered(connection, {play.id: 4}, play.now))
    times = select(messages.c.delivered_at).where(messages.c.conversation_id == play.id, messages.c.seq == 2)
    assert await log.read(lambda connection: connection.execute(times).scalar()) == first


async def test_what_was_seen_goes_forward_only_and_no_further_than_what_was_said(
    play: Play, log: ConversationLog
) -> None:
    await _talk(play, 2)
    assert await log.write(lambda connection: mark_read(connection, play.id, 2, play.now)) == 2
    assert await log.write(lambda connection: mark_read(connection, play.id, 1, play.now)) is None
    assert await log.write(lambda connection: mark_read(connection, play.id, 999, play.now)) == 4
    assert await _marks(play, log, "read_at") == [False, True, False, True]


async def test_a_long_conversation_is_read_in_pages(play: Play, log: ConversationLog) -> None:
    await _talk(play, 4)
    first = await log.read(lambda connection: messages_after(connection, play.id, 0, limit=5))
    rest = await log.read(lambda connection: messages_after(connection, play.id, first[-1].seq, limit=5))
    assert [message.seq for message in [*first, *rest]] == list(range(1, 9))
