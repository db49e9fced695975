"""Nobody answers: it escalates; an agent is gone: it goes back. Many technical failures at once are one trouble."""

from __future__ import annotations

from bot.desk.queue.claims import claim
from bot.desk.queue.incidents import incidents_now, parts_of
from bot.desk.queue.queue_list import Wanted, listed
from tests.desk.room import Room
from tests.desk.test_queue_hours import there


async def test_unanswered_conversation_escalates_once_and_comes_first(room: Room) -> None:
    siti = await room.agent("Siti", role="supervisor")
    first = await room.waiting()
    room.later(minutes=24)
    upset = await room.waiting(reason="upset")
    assert await room.sweep() == []
    room.later(minutes=1)
    assert await room.sweep() == ["escalate"]
    assert (await room.row(first)).escalated_at == room.now
    assert await room.sweep() == []
    order = await room.log.read(lambda connection: listed(connection, siti, Wanted()))
    assert order == [first.id, upset.id]
    assert await room.audited(first) == ["escalated"]


async def test_the_night_does_not_escalate(room: Room) -> None:
    room.now = there("2026-11-18T17:50")
    play = await room.waiting()
    room.now = there("2026-11-19T09:10")
    assert await room.sweep() == []
    room.now = there("2026-11-19T09:16")
    assert await room.sweep() == ["escalate"]
    assert (await room.row(play)).escalated_at == room.now


async def test_an_answer_ends_the_escalation(room: Room) -> None:
    aini, play = await room.agent("Aini"), await room.waiting()
    room.later(minutes=26)
    await room.sweep()
    await room.comes(aini)
    await room.write(lambda connection: claim(connection, play.id, aini, room.now))
    await room.answers(play, aini)
    row = await room.row(play)
    assert (row.waiting_since, row.due_at, row.escalated_at) == (None, None, None)


async def test_what_waits_for_an_agent_who_is_gone_goes_back_with_its_waiting_time(room: Room) -> None:
    aini, play = await room.agent("Aini"), await room.waiting()
    waits_since = (await room.row(play)).waiting_since
    await room.write(lambda connection: claim(connection, play.id, aini, room.now))
    room.later(minutes=9)
    assert await room.sweep() == []
    room.later(minutes=2)
    assert await room.sweep() == ["give_back"]
    row = await room.row(play)
    assert (row.owner_kind, row.waiting_since, row.last_agent_name) == ("queue", waits_since, "Aini")
    assert (await room.why(play))[-1] == "agent_gone"
    assert (await room.notes(play))[-1] == ("event", "returned: Aini")
    assert (await room.audited(play))[-1] == "returned"


async def test_what_waits_for_an_agent_who_is_away_too_long_goes_back(room: Room) -> None:
    aini, play = await room.agent("Aini"), await room.waiting()
    await room.write(lambda connection: claim(connection, play.id, aini, room.now))
    room.later(minutes=11)
    await room.comes(aini, "away")
    assert await room.sweep() == ["give_back"]


async def test_what_an_agent_has_answered_stays_theirs_overnight(room: Room) -> None:
    aini, play = await room.agent("Aini"), await room.waiting()
    await room.write(lambda connection: claim(connection, play.id, aini, room.now))
    await room.answers(play, aini)
    room.later(hours=12)
    assert await room.sweep() == []
    await room.says(play)
    assert await room.sweep() == ["give_back"]


async def test_three_failures_of_one_kind_in_half_an_hour_are_one_trouble(room: Room) -> None:
    before = await room.waiting(reason="bot_failed")
    room.later(hours=2)
    plays = []
    for _ in range(3):
        plays.append(await room.waiting(reason="bot_failed"))
        room.later(minutes=10)
    await room.waiting(reason="action_failed")
    await room.waiting(reason="upset")
    [trouble] = await room.log.read(lambda connection: incidents_now(connection, room.config))
    assert (trouble.reason, trouble.conversations) == ("bot_failed", [play.id for play in plays])
    assert before.id not in parts_of([trouble])


async def test_two_troubles_far_apart_are_two(room: Room) -> None:
    for _ in range(2):
        for _ in range(3):
            await room.waiting(reason="action_failed")
        room.later(hours=3)
    troubles = await room.log.read(lambda connection: incidents_now(connection, room.config))
    assert [len(trouble.conversations) for trouble in troubles] == [3, 3]
