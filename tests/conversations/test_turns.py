"""Turns: one after another, under leases, each with one effect."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.engine import Connection

from bot.conversations.database import ConversationLog
from bot.conversations.errors import LeaseLost
from bot.conversations.records import BOT, Handoff, Owner, Reply
from bot.conversations.turns import LEASE, due_conversations, give_back, renew_leases
from tests.conversations.play import Play

AGENT = Owner("agent", "a1", "Aisyah")


async def test_the_second_message_waits_for_the_first_ones_answer(play: Play) -> None:
    await play.says("one")
    await play.says("two")
    first = await play.begun()
    assert await play.begins("r2") is None
    assert (await play.answers(first)).more
    assert (await play.begun("r2")).input["text"] == "two"


async def test_of_many_runners_one_begins_the_turn(play: Play) -> None:
    await play.says()
    begun = await asyncio.gather(*(play.begins(f"r{n}") for n in range(12)))
    assert len([turn for turn in begun if turn is not None]) == 1


async def test_a_turn_whose_runner_died_is_begun_again_and_the_dead_ones_answer_counts_no_more(play: Play) -> None:
    await play.says()
    dead = await play.begun("dead")
    play.later()
    again = await play.begun("r2")
    assert (again.id, again.attempts) == (dead.id, 2)
    with pytest.raises(LeaseLost):
        await play.answers(dead, runner="dead")
    await play.answers(again, runner="r2")
    with pytest.raises(LeaseLost):
        await play.answers(again, runner="r2")
    assert [message.author.kind for message in await play.messages()] == ["shopper", "bot"]


async def test_a_runner_that_lives_keeps_its_turn(play: Play, log: ConversationLog) -> None:
    await play.says()
    turn = await play.begun()
    play.later(LEASE / 2)
    await log.write(lambda connection: renew_leases(connection, "r1", [turn.id], play.now))
    play.later(LEASE * 0.9)
    assert await play.begins("r2") is None


async def test_a_runner_that_stops_gives_its_turns_back(play: Play, log: ConversationLog) -> None:
    await play.says()
    turn = await play.begun("r1")
    await log.write(lambda connection: give_back(connection, "another"))
    assert await play.begins("r2") is None
    await log.write(lambda connection: give_back(connection, "r1"))
    assert (await play.begun("r2")).id == turn.id


async def test_a_failed_turn_waits_before_it_is_tried_again(play: Play) -> None:
    await play.says()
    await play.fails(await play.begun())
    assert await play.begins() is None
    play.later(timedelta(seconds=1))
    again = await play.begun()
    assert (again.attempts, again.failures) == (2, 1)


async def test_the_sweep_finds_what_is_due_and_nothing_else(play: Play, log: ConversationLog) -> None:
    async def due() -> list[str]:
        return await log.read(lambda connection: due_conversations(connection, play.now))

    quiet = await Play.begin(log)
    await quiet.says()
    await quiet.answers(await quiet.begun())
    assert await due() == []
    await play.says()
    await play.says()
    assert await due() == [play.id]
    turn = await play.begun()
    assert await due() == []
    await play.fails(turn)
    assert await due() == []
    play.later(timedelta(seconds=2))
    assert await due() == [play.id]
    await play.begun()
    play.later()
    assert await due() == [play.id]


async def test_what_the_engine_told_stands_on_the_turn(play: Play) -> None:
    await play.says()
    state = {"slots": {"order_id": "o1"}, "form": {"name": "return_form", "asks": "return_items"}}
    actions = [{"name": "action_track_order", "ms": 3.0}]
    await play.answers(await play.begun(), intent="track_order", confidence=0.9, actions=actions, state=state)
    [turn] = await play.turns()
    assert (turn.state, turn.intent, turn.confidence, turn.actions) == ("done", "track_order", 0.9, actions)
    assert turn.engine_state == state
    assert (await play.messages())[1].turn_id == turn.id


async def test_a_person_who_took_over_is_not_talked_into(play: Play) -> None:
    await play.says()
    turn = await play.begun()
    assert await play.moves(BOT, AGENT)
    finished = await play.answers(turn, Reply("Too late.", "utter_late"))
    assert (finished.state, finished.messages) == ("dropped", [])
    assert [message.author.kind for message in await play.messages()] == ["shopper"]
    [row] = await play.turns()
    assert row.dropped_replies[0]["text"] == "Too late."


async def test_turns_that_waited_when_a_person_took_over_are_the_persons(play: Play) -> None:
    await play.says()
    await play.says()
    running = await play.begun()
    await play.moves(BOT, AGENT)
    assert [turn.state for turn in await play.turns()] == ["running", "queued"]
    play.later()
    assert await play.begins("r2") is None
    assert [turn.state for turn in await play.turns()] == ["queued", "queued"]
    with pytest.raises(LeaseLost):
        await play.answers(running)


async def test_failing_while_a_person_owns_the_conversation_says_nothing(play: Play) -> None:
    await play.says()
    first = await play.begun()
    await play.moves(BOT, AGENT)
    await play.fails(first)
    assert [turn.state for turn in await play.turns()] == ["queued"]
    await play.moves(AGENT, BOT)
    await play.says()
    second = await play.begun()
    await play.moves(BOT, AGENT)
    assert not (await play.gives_up(second)).owner
    assert {message.author.kind for message in await play.messages()} == {"shopper"}


async def test_the_first_answer_is_timed_once(play: Play, log: ConversationLog) -> None:
    def times(connection: Connection) -> tuple[object, ...]:
        query = "select first_response_at, first_agent_response_at from conversations"
        return tuple(connection.exec_driver_sql(query).first())

    await play.says()
    assert await log.read(times) == (None, None)
    await play.answers(await play.begun())
    first = await log.read(times)
    play.later()
    await play.says()
    await play.answers(await play.begun(), handoff=Handoff("wish_for_person", {}))
    assert await log.read(times) == first
    assert first[0] is not None
    assert first[1] is None
