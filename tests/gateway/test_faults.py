"""What breaks: the engine, the gateway, the moment in between."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing

import httpx
import pytest

from tests.gateway.log_reader import rows
from tests.gateway.processes import Engine, Gateway
from tests.gateway.shopper import Shopper

StartGateway = Callable[..., Gateway]


async def _until_asked(engine: Engine, times: int = 1) -> None:
    async def look() -> None:
        while len(engine.asked()) < times:
            await asyncio.sleep(0.02)

    await asyncio.wait_for(look(), 60)


async def test_an_engine_that_fails_twice_answers_at_last(own_engine: Engine, start_gateway: StartGateway) -> None:
    gateway = start_gateway(own_engine.url, engine_patience="20")
    shopper = await Shopper(gateway.url).enter()
    [reply] = await shopper.ask("fail twice")
    assert reply["text"] == "You said: fail twice"
    [turn] = rows(gateway.database, "turns", shopper.id)
    assert (turn["state"], turn["attempts"], turn["failures"]) == ("done", 3, 2)
    await shopper.leave()


async def test_an_engine_that_is_down_for_long_hands_the_shopper_to_a_person(
    own_engine: Engine, start_gateway: StartGateway
) -> None:
    gateway = start_gateway(own_engine.url)
    shopper = await Shopper(gateway.url).enter()
    await shopper.ask("hello")
    own_engine.kill()
    replies = await shopper.ask("are you there?")
    assert [reply["author"]["kind"] for reply in replies] == ["system", "system", "system"]
    [handoff] = rows(gateway.database, "handoffs", shopper.id)
    tried = handoff["record"]["tried"][-1]
    assert (handoff["reason"], tried["reason"]) == ("bot_failed", "unreachable")
    assert tried["data"]["attempts"] > 1
    await shopper.leave()


async def test_an_engine_that_dies_in_a_turn_and_comes_back_answers_it(
    own_engine: Engine, start_gateway: StartGateway
) -> None:
    gateway = start_gateway(own_engine.url, engine_patience="30")
    shopper = await Shopper(gateway.url).enter()
    answer = asyncio.create_task(shopper.ask("crash once"))
    await asyncio.to_thread(own_engine.wait)
    await asyncio.to_thread(own_engine.start)
    assert [reply["text"] for reply in await answer] == ["You said: crash once"]
    await shopper.leave()


@pytest.mark.parametrize("words", ["slow", "slow-to-tell"])
async def test_a_gateway_killed_in_a_turn_answers_it_once_after_its_restart(
    own_engine: Engine, start_gateway: StartGateway, words: str
) -> None:
    gateway = start_gateway(own_engine.url)
    shopper = await Shopper(gateway.url).enter()
    await shopper.post(text=words, client_id="before-the-crash")
    await _until_asked(own_engine)
    gateway.kill()
    await asyncio.to_thread(gateway.start)
    [reply] = await shopper.replies(text=words, client_id="before-the-crash")
    assert reply["text"] == f"You said: {words}"
    assert [message["seq"] for message in await shopper.messages()] == [1, 2]
    assert len(own_engine.asked()) == 2
    assert len(own_engine.ran()) == 1
    await shopper.leave()


async def test_kills_at_any_moment_lose_nothing_and_double_nothing(
    own_engine: Engine, start_gateway: StartGateway
) -> None:
    gateway = start_gateway(own_engine.url)
    shoppers = [await Shopper(gateway.url).enter() for _ in range(6)]
    done = False

    async def insist(shopper: Shopper, number: int) -> None:
        while True:
            try:
                answer = await shopper.post(text=f"message {number}", client_id=f"m{number}", wait=5)
                if answer.status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)

    async def talk(shopper: Shopper) -> None:
        for number in range(8):
            await insist(shopper, number)

    async def kill_now_and_then() -> None:
        for pause in (0.3, 0.15, 0.45):
            await asyncio.sleep(pause)
            gateway.kill()
            await asyncio.to_thread(gateway.start)
        nonlocal done
        done = True

    await asyncio.gather(kill_now_and_then(), *(talk(shopper) for shopper in shoppers))
    assert done
    for shopper in shoppers:
        said = await shopper.messages()
        assert [m["seq"] for m in said] == list(range(1, 17))
        assert [m["text"] for m in said if m["author"]["kind"] == "bot"] == [f"You said: message {n}" for n in range(8)]
        await shopper.leave()


async def test_a_person_who_takes_over_in_a_turn_silences_the_bot(
    own_engine: Engine, start_gateway: StartGateway
) -> None:
    gateway = start_gateway(own_engine.url)
    shopper = await Shopper(gateway.url).enter()
    waiting = asyncio.create_task(shopper.post(text="slow", wait=10))
    await _until_asked(own_engine)
    with closing(sqlite3.connect(gateway.database)) as connection, connection:
        connection.execute("update conversations set owner_kind = 'agent', owner_id = 'a1' where id = ?", (shopper.id,))
    assert (await waiting).json()["replies"] == []
    assert [message["author"]["kind"] for message in await shopper.messages()] == ["shopper"]
    [turn] = rows(gateway.database, "turns", shopper.id)
    assert turn["state"] == "dropped"
    assert turn["dropped_replies"][0]["text"] == "You said: slow"
    await shopper.leave()


async def test_a_gateway_told_to_stop_finishes_what_it_runs(own_engine: Engine, start_gateway: StartGateway) -> None:
    gateway = start_gateway(own_engine.url)
    shopper = await Shopper(gateway.url).enter()
    await shopper.post(text="slow")
    await _until_asked(own_engine)
    assert await asyncio.to_thread(gateway.stop) == 0
    assert [turn["state"] for turn in rows(gateway.database, "turns", shopper.id)] == ["done"]
    await shopper.leave()


async def test_slow_answers_of_some_do_not_hold_up_others(own_engine: Engine, start_gateway: StartGateway) -> None:
    gateway = start_gateway(own_engine.url)
    slow = [await Shopper(gateway.url).enter() for _ in range(10)]
    quick = await Shopper(gateway.url).enter()
    loop = asyncio.get_running_loop()
    began = loop.time()
    waiting = [asyncio.create_task(each.ask("slow")) for each in slow]
    await _until_asked(own_engine, 5)
    await quick.ask("quick")
    assert not any(task.done() for task in waiting)
    await asyncio.gather(*waiting)
    assert loop.time() - began < 8  # one after another it would be more than ten
    for each in [*slow, quick]:
        await each.leave()
