"""The socket: replay, push, several tabs in step."""

from __future__ import annotations

import asyncio
import json

import pytest
import websockets.client
import websockets.exceptions

from tests.gateway.shopper import Shopper


async def test_a_page_that_loads_hears_all_that_was_said_and_who_answers(shopper: Shopper) -> None:
    await shopper.ask("one")
    await shopper.ask("two")
    async with shopper.tab() as tab:
        assert (await tab.until(type="owner"))["owner"] == {"kind": "bot"}
    assert tab.seqs == [1, 2, 3, 4]


async def test_a_tab_that_was_away_hears_only_what_it_missed(shopper: Shopper) -> None:
    await shopper.ask("one")
    async with shopper.tab() as tab:
        await tab.until_seq(2)
    await shopper.ask("while away")
    async with shopper.tab(after=2) as again:
        await again.until_seq(4)
    assert again.seqs == [3, 4]


async def test_two_tabs_of_one_shopper_stay_in_step(shopper: Shopper) -> None:
    async with shopper.tab() as left, shopper.tab() as right:
        await left.until(type="owner")
        await right.until(type="owner")
        for number in range(4):
            await shopper.post(text=f"message {number}")
        await asyncio.gather(left.until_seq(8), right.until_seq(8))
    assert left.seqs == right.seqs == list(range(1, 9))
    own = [f["message"] for f in left.frames if f["type"] == "message" and f["message"]["author"]["kind"] == "shopper"]
    assert all(message["client_id"] for message in own)


async def test_tabs_that_come_and_go_while_messages_flow_miss_nothing(shopper: Shopper) -> None:
    async def talk() -> None:
        for number in range(15):
            await shopper.ask(f"message {number}")

    async def reconnect_again_and_again() -> list[int]:
        seen: list[int] = []
        while not seen or seen[-1] < 30:
            async with shopper.tab(after=seen[-1] if seen else 0) as tab:
                for _ in range(3):
                    if (seen or [0])[-1] + len(tab.seqs) < 30:
                        await tab.until(type="message")
                seen += tab.seqs
        return seen

    _, *seen = await asyncio.gather(talk(), *(reconnect_again_and_again() for _ in range(3)))
    assert seen == [list(range(1, 31))] * 3


async def test_the_bot_is_seen_typing_before_it_answers(shopper: Shopper) -> None:
    async with shopper.tab() as tab:
        await shopper.post(text="hello")
        await tab.until_seq(2)
        await tab.until(type="typing", on=False)
    kinds = [(f["type"], f.get("on")) for f in tab.frames if f["type"] in ("typing", "message")]
    assert kinds.index(("typing", True)) < len(kinds) - 1
    assert {"type": "typing", "author": {"kind": "bot"}, "on": True} in tab.frames


async def test_a_shoppers_own_typing_is_not_told_to_their_tabs(shopper: Shopper) -> None:
    async with shopper.tab() as left, shopper.tab() as right:
        await left.socket.send('{"type": "typing"}')
        await left.socket.send('{"type": "nonsense"}')
        await left.socket.send("not json")
        await shopper.post(text="hello")
        await right.until_seq(2)
        await left.until_seq(2)
    assert not [f for f in right.frames if f["type"] == "typing" and f["author"]["kind"] == "shopper"]


async def test_what_one_tab_has_read_the_other_knows(shopper: Shopper) -> None:
    await shopper.ask("hello")
    async with shopper.tab() as left, shopper.tab() as right:
        await right.until(type="owner")
        await left.socket.send('{"type": "read", "seq": 2}')
        assert (await right.until(type="read"))["seq"] == 2


@pytest.mark.parametrize(
    "first_frame",
    ['{"token": "wrong"}', "{}", "null", "x", '{"token": 7}', '{"token": "x", "after": -1}', b"\x00\x01"],
)
async def test_without_the_right_token_the_socket_closes_with_4401(shopper: Shopper, first_frame: str | bytes) -> None:
    url = f"{shopper.url.replace('http', 'ws')}{shopper.path}/stream"
    async with websockets.client.connect(url) as socket:
        await socket.send(first_frame)
        with pytest.raises(websockets.exceptions.ConnectionClosed):
            await asyncio.wait_for(socket.recv(), 30)
    assert socket.close_code == 4401


async def test_a_token_in_the_address_opens_nothing(shopper: Shopper) -> None:
    url = f"{shopper.url.replace('http', 'ws')}{shopper.path}/stream?token={shopper.token}"
    async with websockets.client.connect(url) as socket:
        await socket.send("{}")
        with pytest.raises(websockets.exceptions.ConnectionClosed):
            await asyncio.wait_for(socket.recv(), 30)
    assert socket.close_code == 4401
    answer = await shopper.http.get(f"{shopper.path}/messages", params={"token": shopper.token})
    assert answer.status_code == 401


async def test_a_socket_that_says_nothing_is_closed_after_five_seconds(shopper: Shopper) -> None:
    url = f"{shopper.url.replace('http', 'ws')}{shopper.path}/stream"
    async with websockets.client.connect(url) as socket:
        with pytest.raises(websockets.exceptions.ConnectionClosed):
            await asyncio.wait_for(socket.recv(), 30)
    assert socket.close_code == 4401


async def test_another_shoppers_token_opens_nothing(shopper: Shopper, other_shopper: Shopper) -> None:
    url = f"{shopper.url.replace('http', 'ws')}{shopper.path}/stream"
    async with websockets.client.connect(url) as socket:
        await socket.send(json.dumps({"token": other_shopper.token}))
        with pytest.raises(websockets.exceptions.ConnectionClosed):
            await asyncio.wait_for(socket.recv(), 30)
    assert socket.close_code == 4401


async def test_a_tab_that_reads_nothing_holds_up_nobody(shopper: Shopper) -> None:
    url = f"{shopper.url.replace('http', 'ws')}{shopper.path}/stream"
    async with websockets.client.connect(url, max_queue=1, read_limit=1024, write_limit=1024) as stuck:
        await stuck.send(json.dumps({"token": shopper.token}))
        async with shopper.tab() as tab:
            for number in range(10):
                await shopper.ask(f"{number} " + "x" * 1900)
            await tab.until_seq(20)
        assert tab.seqs == list(range(1, 21))


async def test_a_stream_asked_for_without_a_socket_says_so(shopper: Shopper) -> None:
    answer = await shopper.http.get(f"{shopper.path}/stream")
    assert (answer.status_code, answer.json()["code"]) == (426, "upgrade_required")
    broken = await shopper.http.get(f"{shopper.path}/stream", headers={"Upgrade": "websocket", "Connection": "upgrade"})
    assert (broken.status_code, broken.json()["code"]) == (400, "bad_request")
