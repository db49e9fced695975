"""Facts on the log itself: whose they are, what becomes of them when the bot cannot take them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.conversations.errors import NotOwner
from bot.conversations.records import Handoff
from bot.conversations.turns import begin_next
from bot.desk.form.facts import Fact, facts_of, keep_fact, slots_of, take_back
from bot.desk.form.hand_back import hand_back
from bot.desk.people.agent import Agent
from bot.desk.people.audit import entries
from bot.desk.queue.claims import claim
from bot.desk.tables import facts
from tests.conversations.play import Play
from tests.desk.room import Room


async def _has(room: Room, name: str = "Aini") -> tuple[Agent, Play]:
    agent, play = await room.agent(name), await room.waiting()
    await room.write(lambda connection: claim(connection, play.id, agent, room.now))
    return agent, play


async def _fills(room: Room, play: Play, agent: Agent, slot: str, value: Any) -> None:
    room.later(seconds=1)
    await room.write(
        lambda connection: keep_fact(
            connection, play.id, agent, slot, value=value, shown=f"{slot} as read", now=room.now
        )
    )


async def _facts(room: Room, play: Play) -> dict[str, Fact]:
    return await room.log.read(lambda connection: facts_of(connection, play.id))


async def _hands_back(room: Room, play: Play, agent: Agent) -> None:
    await room.write(
        lambda connection: hand_back(
            connection, play.id, agent, job=None, sentence=lambda _: "The bot is back.", runner=None, now=room.now
        )
    )


async def test_later_value_takes_the_place_of_the_earlier_and_who_said_it_stays(room: Room) -> None:
    agent, play = await _has(room)
    await _fills(room, play, agent, "cancel_reason", "ordered_twice")
    await _fills(room, play, agent, "cancel_reason", "found_cheaper")
    kept = await _facts(room, play)
    assert [(each.value, each.agent_name) for each in kept.values()] == [("found_cheaper", "Aini")]


async def test_only_who_has_the_conversation_fills_in_and_takes_back(room: Room) -> None:
    agent, play = await _has(room)
    other = await room.agent("Budi")
    await _fills(room, play, agent, "cancel_reason", "ordered_twice")
    with pytest.raises(NotOwner):
        await _fills(room, play, other, "cancel_reason", "found_cheaper")
    with pytest.raises(NotOwner):
        await room.write(lambda connection: take_back(connection, play.id, other, "cancel_reason", room.now))
    with pytest.raises(NotOwner):
        await _hands_back(room, play, other)
    assert (await _facts(room, play))["cancel_reason"].value == "ordered_twice"


async def test_what_was_filled_in_is_in_the_audit_with_the_address_masked(room: Room) -> None:
    agent, play = await _has(room)
    await _fills(room, play, agent, "new_address", {"name": "Siti Aminah", "line1": "12 Jalan Kebun", "city": "Klang"})
    await room.write(lambda connection: take_back(connection, play.id, agent, "new_address", room.now))
    found = await room.log.read(lambda connection: entries(connection, conversation_id=play.id))
    assert [each.what for each in found[:2]] == ["took_back", "filled_in"]
    assert "Jalan Kebun" not in str(found[1].data)
    assert found[1].data["slot"] == "new_address"


async def test_every_change_is_news_for_agents(room: Room) -> None:
    agent, play = await _has(room)
    before = (await room.row(play)).change
    await _fills(room, play, agent, "cancel_reason", "ordered_twice")
    assert (await room.row(play)).change > before


def test_conditions_and_order_go_into_the_slots_that_the_bot_has() -> None:
    said = {"agent_id": "a", "agent_name": "Aini", "shown": ""}
    found = [
        Fact(slot="return_conditions.unused", value=True, **said),
        Fact(slot="return_conditions.sealed", value=False, **said),
        Fact(slot="order_id", value={"id": "ord_1", "number": "1", "order": {}}, **said),
    ]
    assert slots_of({each.slot: each for each in found}) == {
        "return_conditions": {"unused": True, "sealed": False},
        "order_id": "ord_1",
        "order_number": "1",
    }


async def test_handed_back_the_facts_are_the_bots(room: Room) -> None:
    agent, play = await _has(room)
    await _fills(room, play, agent, "cancel_reason", "ordered_twice")
    await _hands_back(room, play, agent)
    assert await room.owner(play) == "bot"
    assert await _facts(room, play) == {}
    turn = await room.write(lambda connection: begin_next(connection, play.id, runner="r1", now=room.now))
    assert turn is not None
    assert turn.input["values"]["slots"] == {"cancel_reason": "ordered_twice"}


async def test_bot_that_is_down_loses_nothing_of_what_was_filled_in(room: Room) -> None:
    agent, play = await _has(room)
    await _fills(room, play, agent, "cancel_reason", "ordered_twice")
    await _hands_back(room, play, agent)
    play.now = room.now
    turn = await play.begun()
    await play.gives_up(turn)
    assert await room.owner(play) == "queue"
    kept = (await _facts(room, play))["cancel_reason"]
    assert (kept.value, kept.agent_name, kept.shown) == ("ordered_twice", "Aini", "cancel_reason as read")


async def test_store_that_is_down_at_the_hand_back_loses_only_what_the_bot_took(room: Room) -> None:
    agent, play = await _has(room)
    await _fills(room, play, agent, "cancel_reason", "ordered_twice")
    await _fills(room, play, agent, "order_id", {"id": "ord_1", "number": "1", "order": {}})
    await _hands_back(room, play, agent)
    play.now = room.now
    failed = Handoff("action_failed", {"slots": {"cancel_reason": "ordered_twice"}})
    await play.answers(await play.begun(), handoff=failed)
    assert list(await _facts(room, play)) == ["order_id"]


async def test_later_handoff_brings_no_old_facts_back(room: Room) -> None:
    agent, play = await _has(room)
    await _fills(room, play, agent, "cancel_reason", "ordered_twice")
    await _hands_back(room, play, agent)
    play.now = room.now
    await play.answers(await play.begun())
    await play.says("a person again please")
    await play.answers(await play.begun(), handoff=Handoff("wish_for_person", {}))
    rows = await room.log.read(lambda connection: connection.execute(select(facts)).all())
    assert rows == []
