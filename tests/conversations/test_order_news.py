"""Orders that the store has told of: kept, looked at by one at a time, never lost."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.conversations.database import ConversationLog
from bot.conversations.order_news import (
    GATHER,
    LEASE,
    LookLost,
    begin_look,
    due_orders,
    end_look,
    look_later,
    still_looking,
    tell_of_order,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
SOON = NOW + GATHER


async def test_a_burst_of_news_is_one_look(log: ConversationLog) -> None:
    for _ in range(5):
        await log.write(lambda c: tell_of_order(c, "o", "order.updated", NOW))
    assert await log.read(lambda c: due_orders(c, NOW)) == []
    assert await log.read(lambda c: due_orders(c, SOON)) == ["o"]
    look = await log.write(lambda c: begin_look(c, "o", runner="me", now=SOON))
    assert look is not None
    assert await log.write(lambda c: begin_look(c, "o", runner="other", now=SOON)) is None
    await log.write(lambda c: end_look(c, look, SOON))
    assert await log.read(lambda c: due_orders(c, SOON + LEASE)) == []


async def test_what_is_told_during_a_look_is_looked_at_next(log: ConversationLog) -> None:
    await log.write(lambda c: tell_of_order(c, "o", "one", NOW))
    look = await log.write(lambda c: begin_look(c, "o", runner="me", now=SOON))
    assert look is not None
    await log.write(lambda c: tell_of_order(c, "o", "two", SOON))
    await log.write(lambda c: end_look(c, look, SOON))
    assert await log.read(lambda c: due_orders(c, SOON + GATHER)) == ["o"]


async def test_a_look_that_died_is_begun_by_another_and_the_late_one_changes_nothing(log: ConversationLog) -> None:
    await log.write(lambda c: tell_of_order(c, "o", "one", NOW))
    dead = await log.write(lambda c: begin_look(c, "o", runner="dead", now=SOON))
    assert dead is not None
    later = SOON + LEASE
    assert await log.write(lambda c: begin_look(c, "o", runner="other", now=later)) is not None
    with pytest.raises(LookLost):
        await log.write(lambda c: still_looking(c, dead))
    await log.write(lambda c: end_look(c, dead, later))
    assert await log.read(lambda c: due_orders(c, later + LEASE)) == ["o"]


async def test_a_store_that_is_down_is_asked_less_and_less_until_it_tells_again(log: ConversationLog) -> None:
    await log.write(lambda c: tell_of_order(c, "o", "one", NOW))
    at = SOON
    for pause in (2, 4, 8):
        await nobody_answers(log, at)
        assert await due_at(log, at + timedelta(seconds=pause - 1)) == []
        at += timedelta(seconds=pause)
        assert await due_at(log, at) == ["o"]
    await nobody_answers(log, at)
    await log.write(lambda c: tell_of_order(c, "o", "it is back", at))
    assert await due_at(log, at + GATHER) == ["o"]


async def due_at(log: ConversationLog, at: datetime) -> list[str]:
    return await log.read(lambda c: due_orders(c, at))


async def nobody_answers(log: ConversationLog, at: datetime) -> None:
    look = await log.write(lambda c: begin_look(c, "o", runner="me", now=at))
    assert look is not None
    await log.write(lambda c: look_later(c, look, at))
