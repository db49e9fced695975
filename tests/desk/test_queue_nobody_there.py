"""Nobody is at the desk: the shopper hears when somebody will be, and nothing falls out of the queue."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.conversations.database import ConversationLog
from tests.desk.room import Room, config
from tests.desk.test_queue_hours import there


@pytest.mark.parametrize(
    ("now", "language", "back"),
    [
        ("2026-11-18T06:00", "en", "We are back today at 9:00 am."),
        ("2026-11-18T20:00", "en-MY", "We are back tomorrow at 9:00 am."),
        ("2026-12-24T20:00", "en", "We are back on Saturday at 10:00 am."),
        ("2026-11-18T20:00", "id-ID", "Kami kembali besok pukul 09.00."),
        ("2026-11-18T20:00", "ms", "Kami kembali esok pukul 9:00 PG."),
    ],
)
async def test_shopper_after_hours_is_told_when_somebody_is_back(
    room: Room, now: str, language: str, back: str
) -> None:
    assert (await _told(room, there(now), language)).endswith(back)


async def test_shopper_before_a_long_closure_is_told_the_date(log: ConversationLog) -> None:
    fridays = Room(log, hours={"friday": config().hours["friday"]})
    assert "on 27 November at 9:00 am" in await _told(fridays, there("2026-11-20T20:00"), "en")


async def test_shopper_within_hours_while_all_are_away_is_told_so(room: Room) -> None:
    await room.comes(await room.agent("Aini"), "away")
    assert "away from the chat" in await _told(room, room.now, "en")


async def test_nothing_is_said_while_somebody_is_there(room: Room) -> None:
    await room.agent("Aini")
    assert await room.log.read(lambda connection: room.rules.nobody_there(connection, "en", room.now)) is None


async def test_a_trainer_is_nobody_who_answers(room: Room) -> None:
    await room.agent("Chandra", role="trainer")
    assert await _told(room, room.now, "en")


async def test_handoff_at_night_says_so_asks_for_an_email_and_waits_in_the_queue(room: Room) -> None:
    room.now = there("2026-11-18T20:00")
    play = await room.waiting()
    said = await play.messages()
    assert [message.response for message in said[1:]] == ["utter_hi", "gateway.nobody_there", "gateway.contact_request"]
    assert await room.owner(play) == "queue"
    assert (await room.row(play)).due_at == there("2026-11-19T09:15")


async def _told(room: Room, now: datetime, language: str) -> str:
    said = await room.log.read(lambda connection: room.rules.nobody_there(connection, language, now))
    return (said or "").replace("\u202f", " ")
