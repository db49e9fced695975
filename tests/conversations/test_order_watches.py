"""How long a shopper is told of an order's parcels, and what happens when the store says nothing."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from bot.conversations.database import ConversationLog
from bot.conversations.order_news import LEASE, begin_look, due_orders, end_look
from bot.conversations.order_watches import (
    LONGEST,
    QUIET_FOR,
    end_watch,
    known_to_shopper,
    look_after_quiet,
    note_known,
    watch,
    watching,
)
from tests.conversations.play import Play

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
PACKED, GONE = {"s1": "packed"}, {"s1": "in_transit"}


async def wishes(play: Play, at: datetime = NOW) -> None:
    await play.log.write(lambda c: watch(c, play.id, "o_1", number="1047", known=PACKED, now=at))


async def wished(play: Play, at: datetime) -> dict[str, str]:
    return await play.log.read(lambda c: watching(c, play.id, at))


async def known(play: Play, at: datetime) -> dict[str, str] | None:
    return await play.log.read(lambda c: known_to_shopper(c, play.id, "o_1", at))


async def looked(log: ConversationLog, at: datetime) -> None:
    """Somebody looks at all that is due."""
    for order_id in await log.read(lambda c: due_orders(c, at)):
        look = await log.write(lambda c, order_id=order_id: begin_look(c, order_id, runner="me", now=at))
        assert look is not None
        await log.write(lambda c, look=look: end_look(c, look, at))


async def test_a_wish_ends_by_itself_after_sixty_days(play: Play) -> None:
    await wishes(play)
    last = NOW + LONGEST - timedelta(seconds=1)
    assert timedelta(days=60) == LONGEST
    assert (await wished(play, last), await known(play, last)) == ({"o_1": "1047"}, PACKED)
    assert (await wished(play, NOW + LONGEST), await known(play, NOW + LONGEST)) == ({}, None)
    assert await play.log.write(lambda c: look_after_quiet(c, NOW + LONGEST)) == 0


async def test_who_wishes_it_again_afterwards_is_told_again(play: Play) -> None:
    await wishes(play)
    await wishes(play, NOW + LONGEST)
    assert await wished(play, NOW + LONGEST * 1.5) == {"o_1": "1047"}


async def test_who_wishes_it_twice_is_not_told_of_a_step_again(play: Play) -> None:
    await wishes(play)
    await play.log.write(lambda c: note_known(c, play.id, "o_1", GONE))
    await wishes(play, NOW + timedelta(days=1))
    assert await known(play, NOW + timedelta(days=1)) == GONE


async def test_an_order_nothing_was_heard_of_for_half_an_hour_is_looked_at(play: Play) -> None:
    await wishes(play)
    await looked(play.log, NOW + LEASE)  # it may have moved while the bot answered
    quiet = NOW + QUIET_FOR
    assert timedelta(minutes=30) == QUIET_FOR
    assert await play.log.write(lambda c: look_after_quiet(c, quiet - timedelta(seconds=1))) == 0
    assert await play.log.write(lambda c: look_after_quiet(c, quiet)) == 1
    assert await play.log.read(lambda c: due_orders(c, quiet + LEASE)) == ["o_1"]
    await looked(play.log, quiet + LEASE)
    assert await play.log.write(lambda c: look_after_quiet(c, quiet + QUIET_FOR / 2)) == 0
    assert await play.log.write(lambda c: look_after_quiet(c, quiet + QUIET_FOR)) == 1


async def test_an_order_nobody_wishes_to_hear_of_any_more_is_left_alone(play: Play) -> None:
    await wishes(play)
    await play.log.write(lambda c: end_watch(c, play.id, "o_1", NOW))
    assert await play.log.write(lambda c: look_after_quiet(c, NOW + QUIET_FOR)) == 0
