"""With automatic assignment, what waits goes to who is there and has room."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio

from bot.conversations.database import ConversationLog
from bot.conversations.records import Handoff
from bot.desk.people.agent import Agent
from bot.desk.queue.claims import claim, release
from bot.desk.queue.events import Outcome
from bot.desk.queue.resolve import resolve
from bot.desk.queue.transfer import transfer_to_team
from tests.conversations.play import Play
from tests.desk.room import Room


@pytest_asyncio.fixture
async def busy(log: ConversationLog) -> Room:
    return Room(log, assignment="automatic")


async def test_handoff_goes_to_who_is_there_in_the_same_transaction(busy: Room) -> None:
    await busy.agent("Aini")
    play = await busy.waiting()
    assert await busy.owner(play) == "Aini"
    assert await busy.why(play) == ["wish_for_person", "assigned"]
    assert await busy.notes(play) == [("event", "assigned: Aini")]


async def test_who_speaks_the_shopper_s_language_comes_first(busy: Room) -> None:
    await busy.agent("Aini", languages=["en"])
    await busy.agent("Budi", languages=["id"])
    assert await busy.owner(await busy.waiting(language="id")) == "Budi"
    assert await busy.owner(await busy.waiting(language="id")) == "Budi"
    assert await busy.owner(await busy.waiting(language="en")) == "Aini"


async def test_a_language_that_nobody_speaks_still_finds_somebody(busy: Room) -> None:
    await busy.agent("Aini", languages=["en"])
    assert await busy.owner(await busy.waiting(language="ms")) == "Aini"


async def test_whoever_has_least_in_hand_gets_the_next_one(busy: Room) -> None:
    await busy.agent("Aini")
    await busy.agent("Budi")
    owners = [await busy.owner(await busy.waiting()) for _ in range(4)]
    assert sorted(owners) == ["Aini", "Aini", "Budi", "Budi"]


async def test_nobody_gets_more_than_they_have_room_for(busy: Room) -> None:
    aini = await busy.agent("Aini", capacity=2)
    plays = [await busy.waiting() for _ in range(3)]
    assert [await busy.owner(play) for play in plays] == ["Aini", "Aini", "queue"]
    await _resolve(busy, plays[0], aini)
    assert await busy.sweep() == ["assign"]
    assert await busy.owner(plays[2]) == "Aini"


@pytest.mark.parametrize("about", [{"there": False}, {"role": "trainer"}, {"teams": ["returns"], "capacity": 0}])
async def test_who_is_not_there_or_answers_nobody_is_given_nothing(busy: Room, about: dict[str, Any]) -> None:
    await busy.agent("Aini", **about)
    assert await busy.owner(await busy.waiting()) == "queue"


async def test_agent_who_comes_gets_what_waits_due_first(busy: Room) -> None:
    later, sooner = await busy.waiting(), await busy.waiting(reason="upset")
    assert await busy.sweep() == []
    await busy.agent("Aini", capacity=1)
    assert await busy.sweep() == ["assign"]
    assert [await busy.owner(play) for play in (later, sooner)] == ["queue", "Aini"]


async def test_agent_who_lets_one_go_does_not_get_it_again_by_itself(busy: Room) -> None:
    aini = await busy.agent("Aini")
    play = await busy.waiting()
    await busy.write(lambda connection: release(connection, play.id, aini, busy.rules, busy.now))
    assert await busy.sweep() == []
    await busy.agent("Budi")
    assert await busy.sweep() == ["assign"]
    assert await busy.owner(play) == "Budi"


async def test_a_team_s_conversation_waits_for_somebody_of_the_team(busy: Room) -> None:
    aini = await busy.agent("Aini", teams=["support"])
    play = await busy.waiting()
    await busy.write(
        lambda connection: transfer_to_team(
            connection, play.id, "returns", by=aini, note="", rules=busy.rules, now=busy.now
        )
    )
    await busy.agent("Budi", teams=["support"])
    assert await busy.sweep() == []
    await busy.agent("Citra", teams=["returns"])
    await busy.sweep()
    assert await busy.owner(play) == "Citra"


async def test_who_had_it_before_gets_it_again_after_the_bot(busy: Room) -> None:
    aini = await busy.agent("Aini")
    play = await busy.waiting()
    await busy.agent("Budi")
    returned = await busy.hands_back(play, aini)
    turn = await play.begun()
    assert turn.id == returned.turn.id
    await play.answers(turn)
    play.now = busy.now
    await play.says("a person again please")
    await play.answers(await play.begun(), handoff=HANDOFF)
    assert await busy.owner(play) == "Aini"


async def test_with_claims_nothing_is_given_by_itself(room: Room) -> None:
    await room.agent("Aini")
    play = await room.waiting()
    assert await room.sweep() == []
    assert await room.owner(play) == "queue"


async def test_what_was_claimed_counts_as_in_hand(busy: Room) -> None:
    plays = [await busy.waiting() for _ in range(2)]
    aini = await busy.agent("Aini", capacity=1)
    await busy.write(lambda connection: claim(connection, plays[0].id, aini, busy.now))
    assert await busy.sweep() == []


async def _resolve(room: Room, play: Play, agent: Agent) -> Outcome:
    return await room.write(
        lambda connection: resolve(connection, play.id, agent, question=lambda _: "How was it?", now=room.now)
    )


HANDOFF = Handoff("wish_for_person", {})
