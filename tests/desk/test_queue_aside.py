"""Conversations are put aside and come back: snoozed, resolved, reopened."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from bot.conversations.errors import NotOwner
from bot.desk.people.agent import Agent
from bot.desk.queue.claims import claim
from bot.desk.queue.events import Outcome
from bot.desk.queue.resolve import reopen, resolve
from bot.desk.queue.snooze import LONGEST, NoSuchMoment, snooze
from tests.conversations.play import Play
from tests.desk.room import Room

HOUR = timedelta(hours=1)


async def test_snoozed_conversation_wakes_at_its_moment_with_its_agent(room: Room) -> None:
    aini = await room.agent("Aini")
    play = await _with(room, aini)
    await _snooze(room, play, aini)
    assert ((await room.row(play)).status, await room.sweep()) == ("snoozed", [])
    room.later(minutes=61)
    await room.comes(aini)
    assert await room.sweep() == ["wake"]
    row = await room.row(play)
    assert (row.status, row.owner_name, row.waiting_since, row.snoozed_until) == ("open", "Aini", room.now, None)


async def test_snoozed_conversation_wakes_when_its_shopper_writes(room: Room) -> None:
    aini = await room.agent("Aini")
    play = await _with(room, aini)
    await _snooze(room, play, aini)
    room.later(minutes=5)
    await room.says(play)
    row = await room.row(play)
    assert (row.status, row.owner_name, row.waiting_since) == ("open", "Aini", room.now)


async def test_snooze_is_into_the_near_future_only(room: Room) -> None:
    aini = await room.agent("Aini")
    play = await _with(room, aini)
    for moment in (room.now, room.now - HOUR, room.now + LONGEST + HOUR):
        with pytest.raises(NoSuchMoment):
            await room.write(partial(snooze, conversation_id=play.id, agent=aini, until=moment, now=room.now))


async def test_only_its_agent_or_a_supervisor_resolves(room: Room) -> None:
    aini, budi = await room.agent("Aini"), await room.agent("Budi")
    play = await _with(room, aini)
    with pytest.raises(NotOwner):
        await _resolve(room, play, budi)
    siti = await room.agent("Siti", role="supervisor")
    assert (await _resolve(room, play, siti)).changed
    row = await room.row(play)
    assert (row.status, row.owner_name, row.resolved_at, row.waiting_since) == ("resolved", "Aini", room.now, None)
    assert not (await _resolve(room, play, aini)).changed


async def test_resolving_asks_how_it_was_once(room: Room) -> None:
    aini = await room.agent("Aini")
    play = await _with(room, aini)
    await room.answers(play, aini)
    [question] = (await _resolve(room, play, aini)).messages
    assert (question.text, (question.card or {})["type"]) == ("How was it?", "rating")
    await room.says(play)
    assert (await _resolve(room, play, aini)).messages == []


async def test_shopper_who_writes_again_gets_the_same_agent(room: Room) -> None:
    aini, play = await _resolved(room)
    room.later(hours=2)
    await room.comes(aini)
    await room.says(play)
    row = await room.row(play)
    assert (row.status, row.owner_name, row.waiting_since) == ("open", "Aini", room.now)


async def test_shopper_who_writes_again_while_that_agent_is_gone_gets_the_queue(room: Room) -> None:
    _, play = await _resolved(room)
    room.later(hours=2)
    await room.says(play)
    assert (await room.owner(play), (await room.why(play))[-1]) == ("queue", "wrote_again")
    assert (await room.row(play)).waiting_since == room.now


async def test_shopper_who_writes_again_the_day_after_gets_the_bot(room: Room) -> None:
    aini, play = await _resolved(room)
    room.later(hours=25)
    await room.comes(aini)
    await room.says(play)
    assert await room.owner(play) == "bot"
    assert await play.begins() is not None


async def test_reopened_conversation_is_the_same_agent_s_if_they_are_there(room: Room) -> None:
    aini, play = await _resolved(room)
    budi = await room.agent("Budi")
    given = await _reopen(room, play, budi)
    assert (given.given_to, await room.owner(play), (await room.row(play)).status) == (aini.id, "Aini", "open")


async def test_reopened_conversation_of_an_agent_who_is_gone_waits_in_the_queue(room: Room) -> None:
    _, play = await _resolved(room)
    room.later(hours=1)
    budi = await room.agent("Budi")
    await _reopen(room, play, budi)
    row = await room.row(play)
    assert (row.owner_kind, row.status, row.waiting_since) == ("queue", "open", room.now)


async def test_what_the_bot_has_is_not_reopened(room: Room) -> None:
    aini, play = await room.agent("Aini"), await room.shopper()
    with pytest.raises(NotOwner):
        await _reopen(room, play, aini)


async def _with(room: Room, agent: Agent) -> Play:
    play = await room.waiting()
    await room.write(lambda connection: claim(connection, play.id, agent, room.now))
    return play


async def _resolved(room: Room) -> tuple[Agent, Play]:
    aini = await room.agent("Aini")
    play = await _with(room, aini)
    await _resolve(room, play, aini)
    return aini, play


async def _snooze(room: Room, play: Play, agent: Agent) -> Outcome:
    return await room.write(lambda connection: snooze(connection, play.id, agent, room.now + HOUR, room.now))


async def _resolve(room: Room, play: Play, agent: Agent) -> Outcome:
    return await room.write(
        lambda connection: resolve(connection, play.id, agent, question=lambda _: "How was it?", now=room.now)
    )


async def _reopen(room: Room, play: Play, agent: Agent) -> Outcome:
    return await room.write(
        lambda connection: reopen(connection, play.id, agent, rules=room.rules, config=room.config, now=room.now)
    )
