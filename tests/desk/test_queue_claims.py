"""Conversations move from hand to hand; exactly one has each."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest

from bot.conversations.database import ConversationLog
from bot.conversations.errors import LeaseLost, NotOwner
from bot.conversations.migrate import migrate
from bot.conversations.records import Owner
from bot.desk.people.agent import Agent
from bot.desk.queue.claims import AlreadyTaken, NotAllowed, NotPresent, assign, claim, release, take_over
from bot.desk.queue.events import Outcome
from bot.desk.queue.transfer import transfer_to_agent, transfer_to_team
from tests.conversations.play import Play
from tests.desk.room import Room


async def test_agent_who_claims_second_is_told_who_has_it(room: Room) -> None:
    aini, budi, play = await room.agent("Aini"), await room.agent("Budi"), await room.waiting()
    await room.write(lambda connection: claim(connection, play.id, aini, room.now))
    with pytest.raises(AlreadyTaken) as told:
        await room.write(lambda connection: claim(connection, play.id, budi, room.now))
    assert told.value.owner == Owner("agent", aini.id, "Aini")
    again = await room.write(lambda connection: claim(connection, play.id, aini, room.now))
    assert (again.changed, await room.owner(play)) == (False, "Aini")
    assert await room.audited(play) == ["claimed"]
    assert await room.notes(play) == [("event", "claimed")]


async def test_of_many_who_claim_at_once_on_two_connections_exactly_one_gets_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shared.db'}"
    logs = [ConversationLog(url), ConversationLog(url)]
    await migrate(logs[0])
    room = Room(logs[0])
    people = [await room.agent(name) for name in ("Aini", "Budi", "Citra", "Dewi", "Eko", "Fitri")]
    for _ in range(10):
        play = await room.waiting()
        tries = [
            logs[number % 2].write(partial(claim, conversation_id=play.id, agent=agent, now=room.now))
            for number, agent in enumerate(people)
        ]
        ends = await asyncio.gather(*tries, return_exceptions=True)
        won = [agent for agent, end in zip(people, ends, strict=True) if not isinstance(end, Exception)]
        assert len(won) == 1
        assert {end.owner.id for end in ends if isinstance(end, AlreadyTaken)} == {won[0].id}
        assert await room.owner(play) == won[0].name
        assert await room.why(play) == ["wish_for_person", "claimed"]
    for log in logs:
        await log.close()


async def test_what_the_bot_has_cannot_be_claimed(room: Room) -> None:
    aini, play = await room.agent("Aini"), await room.shopper()
    with pytest.raises(AlreadyTaken):
        await room.write(lambda connection: claim(connection, play.id, aini, room.now))


async def test_supervisor_takes_over_from_an_agent(room: Room) -> None:
    aini, siti = await room.agent("Aini"), await room.agent("Siti", role="supervisor")
    play = await _claimed(room, aini)
    taken = await room.write(lambda connection: take_over(connection, play.id, siti, room.rules, room.now))
    assert taken.owner == siti.owner
    assert await room.notes(play) == [("event", "claimed"), ("event", "taken_over: Aini")]
    with pytest.raises(NotOwner):
        await room.answers(play, aini)


async def test_supervisor_takes_over_from_the_bot_in_the_middle_of_a_turn(room: Room) -> None:
    siti, play = await room.agent("Siti", role="supervisor"), await room.shopper()
    await play.says("where is my parcel")
    turn = await play.begun()
    await room.write(lambda connection: take_over(connection, play.id, siti, room.rules, room.now))
    assert (await play.answers(turn)).state == "dropped"
    row = await room.row(play)
    assert (row.waiting_since, await room.owner(play)) == (room.now, "Siti")


async def test_what_the_bot_began_before_a_person_took_over_is_not_said_after_the_hand_back(room: Room) -> None:
    siti, play = await room.agent("Siti", role="supervisor"), await room.shopper()
    await play.says("where is my parcel")
    turn = await play.begun()
    await room.write(lambda connection: take_over(connection, play.id, siti, room.rules, room.now))
    await room.hands_back(play, siti)
    with pytest.raises(LeaseLost):
        await play.answers(turn)
    assert [message.author.kind for message in await play.messages()] == ["shopper", "system"]


async def test_released_conversation_waits_again_and_is_due(room: Room) -> None:
    aini = await room.agent("Aini")
    play = await _claimed(room, aini)
    await room.answers(play, aini)
    room.later(hours=1)
    await room.write(lambda connection: release(connection, play.id, aini, room.rules, room.now))
    row = await room.row(play)
    assert (row.owner_kind, row.waiting_since, row.due_at) == ("queue", room.now, room.rules.due(row.reason, room.now))


async def test_agent_cannot_release_or_transfer_another_s(room: Room) -> None:
    aini, budi = await room.agent("Aini"), await room.agent("Budi")
    play = await _claimed(room, aini)
    with pytest.raises(NotOwner):
        await room.write(lambda connection: release(connection, play.id, budi, room.rules, room.now))
    with pytest.raises(NotOwner):
        await _transfer(room, play.id, budi, by=budi)


async def test_agent_assigns_to_nobody_but_themselves(room: Room) -> None:
    aini, budi, play = await room.agent("Aini"), await room.agent("Budi"), await room.waiting()
    with pytest.raises(NotAllowed):
        await _assign(room, play.id, budi, by=aini)
    await _assign(room, play.id, aini, by=aini)
    assert await room.owner(play) == "Aini"


async def test_supervisor_assigns_to_anybody_who_is_there(room: Room) -> None:
    siti, aini = await room.agent("Siti", role="supervisor"), await room.agent("Aini")
    budi, play = await room.agent("Budi", there=False), await room.waiting()
    given = await _assign(room, play.id, aini, by=siti)
    assert given.given_to == aini.id
    with pytest.raises(NotPresent):
        await _assign(room, play.id, budi, by=siti)
    assert await room.owner(play) == "Aini"


async def test_transfer_to_an_agent_carries_the_note(room: Room) -> None:
    aini, budi = await room.agent("Aini"), await room.agent("Budi")
    play = await _claimed(room, aini)
    await room.answers(play, aini)
    await _transfer(room, play.id, budi, by=aini, note="She wants the blue one.")
    assert await room.owner(play) == "Budi"
    assert await room.notes(play) == [
        ("event", "claimed"),
        ("note", "She wants the blue one."),
        ("event", "transferred: Budi"),
    ]
    assert (await room.row(play)).waiting_since is not None


async def test_agent_who_is_away_cannot_be_given_one(room: Room) -> None:
    aini, budi = await room.agent("Aini"), await room.comes(await room.agent("Budi"), "away")
    play = await _claimed(room, aini)
    with pytest.raises(NotPresent):
        await _transfer(room, play.id, budi, by=aini)
    assert await room.owner(play) == "Aini"


async def test_transfer_to_a_team_waits_in_the_queue_for_it(room: Room) -> None:
    aini = await room.agent("Aini")
    play = await _claimed(room, aini)
    await room.write(
        lambda connection: transfer_to_team(
            connection, play.id, "returns", by=aini, note="", rules=room.rules, now=room.now
        )
    )
    row = await room.row(play)
    assert (row.owner_kind, row.team, await room.notes(play)) == (
        "queue",
        "returns",
        [("event", "claimed"), ("event", "transferred: returns")],
    )


async def _claimed(room: Room, agent: Agent) -> Play:
    play = await room.waiting()
    await room.write(lambda connection: claim(connection, play.id, agent, room.now))
    return play


async def _assign(room: Room, conversation_id: str, to: Agent, *, by: Agent) -> Outcome:
    return await room.write(
        lambda connection: assign(connection, conversation_id, to, by=by, config=room.config, now=room.now)
    )


async def _transfer(room: Room, conversation_id: str, to: Agent, *, by: Agent, note: str = "") -> Outcome:
    return await room.write(
        lambda connection: transfer_to_agent(
            connection, conversation_id, to, by=by, note=note, rules=room.rules, config=room.config, now=room.now
        )
    )
