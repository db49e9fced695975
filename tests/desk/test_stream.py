"""The desk's socket: who may open it, what it replays, what it pushes."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

import pytest
import websockets.client
import websockets.exceptions

from tests.desk.conftest import Enter
from tests.desk.desk_client import API, DeskClient
from tests.gateway.shopper import Shopper, Tab

WAIT = 60.0


async def claim(agent: DeskClient, shopper: Shopper) -> None:
    await agent.post(f"/conversations/{shopper.id}/claim")


async def conversation_frame(tab: Tab, conversation_id: str, **wanted: Any) -> dict[str, Any]:
    """The next line of the queue about the conversation that has all of ``wanted``."""
    while True:
        frame = await tab.until(type="conversation")
        line: dict[str, Any] = frame["conversation"]
        if line["id"] == conversation_id and all(line[name] == value for name, value in wanted.items()):
            return line


async def how_it_closes(socket: websockets.client.WebSocketClientProtocol) -> int | None:
    """Read to the end; the code that the server closed with."""

    async def read() -> None:
        async for _ in socket:
            pass

    with suppress(websockets.exceptions.ConnectionClosedError):
        await asyncio.wait_for(read(), WAIT)
    return socket.close_code


async def test_two_agents_see_the_same_conversation_come(
    agent: DeskClient, other_agent: DeskClient, enter: Enter
) -> None:
    async with agent.stream() as one, other_agent.stream() as other:
        await one.until(type="ready")
        await other.until(type="ready")
        shopper = await enter("a person please")
        seen = await asyncio.gather(*(conversation_frame(tab, shopper.id) for tab in (one, other)))
    assert seen[0] == seen[1]
    assert seen[0]["owner"] == {"kind": "queue"}
    assert seen[0]["reason"] == "wish_for_person"


async def test_a_page_that_was_away_gets_what_changed_and_no_more(
    agent: DeskClient, waiting: Shopper, enter: Enter
) -> None:
    async with agent.stream() as tab:
        await conversation_frame(tab, waiting.id)
        clock = (await tab.until(type="ready"))["clock"]
    later = await enter("a person please")
    async with agent.stream(after=clock) as again:
        await again.until(type="ready")
    shown = [frame["conversation"]["id"] for frame in again.frames if frame["type"] == "conversation"]
    assert later.id in shown
    assert waiting.id not in shown


async def test_a_page_that_knows_more_than_there_is_starts_over(agent: DeskClient, waiting: Shopper) -> None:
    async with agent.stream(after=1_000_000_000) as tab:
        await tab.until(type="ready")
    assert waiting.id in [frame["conversation"]["id"] for frame in tab.frames if frame["type"] == "conversation"]


async def test_pages_that_come_and_go_while_shoppers_write_miss_nothing(
    agent: DeskClient, supervisor: DeskClient, waiting: Shopper
) -> None:
    last = len(await waiting.messages()) + 30

    async def talk() -> None:
        for number in range(30):
            await waiting.post(text=f"message {number}")

    async def come_and_go(client: DeskClient) -> list[int]:
        seen: list[int] = []
        while not seen or seen[-1] < last:
            async with client.stream(after=1) as tab:
                await follow(tab, waiting, after=seen[-1] if seen else 0)
                for _ in range(4):
                    if max([*seen, *tab.seqs], default=0) < last:
                        await tab.until(type="message")
                seen += tab.seqs
        return seen

    async def tabs_of_the_shopper() -> list[int]:
        seen: list[int] = []
        while not seen or seen[-1] < last:
            async with waiting.tab(after=seen[-1] if seen else 0) as tab:
                for _ in range(4):
                    if max([*seen, *tab.seqs], default=0) < last:
                        await tab.until(type="message")
                seen += tab.seqs
        return seen

    _, *seen = await asyncio.gather(talk(), come_and_go(agent), come_and_go(supervisor), tabs_of_the_shopper())
    assert seen == [list(range(1, last + 1))] * 3


async def follow(tab: Tab, shopper: Shopper, after: int = 0) -> None:
    await tab.socket.send(json.dumps({"type": "follow", "conversation_id": shopper.id, "after": after}))


async def unfollow(tab: Tab, shopper: Shopper) -> None:
    await tab.socket.send(json.dumps({"type": "unfollow", "conversation_id": shopper.id}))


async def test_who_follows_gets_what_was_said_and_then_what_is_said(agent: DeskClient, waiting: Shopper) -> None:
    async with agent.stream() as tab:
        await follow(tab, waiting)
        assert (await tab.until(type="owner", conversation_id=waiting.id))["owner"] == {"kind": "queue"}
        before = tab.seqs
        await waiting.post(text="are you there?")
        message = await tab.until_seq(len(before) + 1)
        assert tab.seqs == list(range(1, len(before) + 2))
        assert {"delivered_at", "read_at", "response"} <= set(message)
        await unfollow(tab, waiting)
        await follow(tab, waiting, after=len(before) + 1)
        await tab.until(type="read", conversation_id=waiting.id)
    assert tab.seqs == list(range(1, len(before) + 2))


async def test_an_answer_reaches_the_shopper_and_the_supervisor_who_looks_on(
    agent: DeskClient, supervisor: DeskClient, waiting: Shopper
) -> None:
    await claim(agent, waiting)
    path = f"/conversations/{waiting.id}/messages"
    async with waiting.tab() as page, supervisor.stream() as tab:
        await follow(tab, waiting)
        await tab.until(type="owner", conversation_id=waiting.id)
        seq = (await agent.post(path, {"client_id": "a1", "text": "Hello, how can I help?"}))["seq"]
        assert (await agent.post(path, {"client_id": "a1", "text": "Hello, how can I help?"}))["seq"] == seq
        shown, looked_on = await asyncio.gather(page.until_seq(seq), tab.until_seq(seq))
    assert shown["author"] == {"kind": "agent", "name": agent.agent["name"]}
    assert looked_on["text"] == shown["text"] == "Hello, how can I help?"
    status, code, told = await supervisor.refused("POST", path, {"client_id": "s1", "text": "I too"})
    assert (status, code, told["owner"]["id"]) == (409, "not_owner", agent.id)


async def test_each_side_sees_the_other_write(agent: DeskClient, supervisor: DeskClient, waiting: Shopper) -> None:
    await claim(agent, waiting)
    typing = json.dumps({"type": "typing", "conversation_id": waiting.id})
    async with waiting.tab() as page, agent.stream() as tab, supervisor.stream() as other:
        for each in (tab, other):
            await follow(each, waiting)
            await each.until(type="owner", conversation_id=waiting.id)
        await page.until(type="owner")
        await page.socket.send('{"type": "typing"}')
        assert (await tab.until(type="typing"))["author"] == {"kind": "shopper"}
        await other.until(type="typing")
        await other.socket.send(typing)  # who does not own it writes to nobody
        await tab.socket.send(typing)
        name = agent.agent["name"]
        assert (await page.until(type="typing"))["author"] == {"kind": "agent", "name": name}
        assert (await other.until(type="typing"))["author"]["name"] == name
        await agent.post(f"/conversations/{waiting.id}/messages", {"client_id": "a1", "text": "Here"})
        await tab.until(type="message")
        await tab.until(type="conversation")
    writers = [frame["author"].get("name") for frame in tab.frames if frame["type"] == "typing"]
    assert writers == [None]


async def test_who_answers_and_what_the_shopper_has_read_is_told(
    agent: DeskClient, supervisor: DeskClient, waiting: Shopper
) -> None:
    async with waiting.tab() as page, supervisor.stream() as tab:
        await follow(tab, waiting)
        await tab.until(type="read", conversation_id=waiting.id)
        await claim(agent, waiting)
        owner = (await tab.until(type="owner", conversation_id=waiting.id))["owner"]
        assert owner == {"kind": "agent", "id": agent.id, "name": agent.agent["name"]}
        assert "id" not in (await page.until(type="owner", owner={"kind": "agent", "name": owner["name"]}))["owner"]
        await page.socket.send('{"type": "read", "seq": 2}')
        await tab.until(type="read", conversation_id=waiting.id, seq=2)
        await tab.until(type="detail", conversation_id=waiting.id)


async def test_what_the_agent_has_read_is_no_longer_unread(agent: DeskClient, waiting: Shopper) -> None:
    await claim(agent, waiting)
    async with agent.stream() as tab:
        await tab.until(type="ready")
        await waiting.post(text="hello?")
        unread = (await conversation_frame(tab, waiting.id))["unread"]
        assert unread > 0
        await agent.post(f"/conversations/{waiting.id}/read", {"seq": 100})
        await conversation_frame(tab, waiting.id, unread=0)


async def test_a_trainer_sees_no_personal_data(trainer: DeskClient, waiting: Shopper) -> None:
    async with trainer.stream() as tab:
        await follow(tab, waiting)
        await tab.until(type="ready")
        await waiting.post(text="write to siti@example.com or call +60 12-345 6789")
        line = await conversation_frame(tab, waiting.id)
        told = next(f["message"] for f in reversed(tab.frames) if f["type"] == "message")
    for text in (line["last_message"]["text"], told["text"]):
        assert "siti@" not in text
        assert "345 6789" not in text
        assert "s•••@example.com" in text


async def test_agents_see_each_other_come_go_and_rest(agent: DeskClient, other_agent: DeskClient) -> None:
    async def presence(tab: Tab, wanted: str) -> None:
        while True:
            frame = await tab.until(type="presence")
            if any(each["id"] == other_agent.id and each["presence"] == wanted for each in frame["agents"]):
                return

    async with agent.stream() as tab:
        async with other_agent.stream() as other:
            await other.until(type="ready")
            await presence(tab, "online")
            await other_agent.post("/presence", {"presence": "away"})
            await presence(tab, "away")
        await presence(tab, "offline")
        async with other_agent.stream() as other:
            await other.until(type="ready")
            await presence(tab, "away")


async def test_logging_out_closes_the_page_everywhere(other_agent: DeskClient) -> None:
    async with other_agent.stream() as tab:
        await tab.until(type="ready")
        await other_agent.post("/logout")
        assert await how_it_closes(tab.socket) == 4401


async def test_who_works_here_no_more_is_out_within_seconds(admin: DeskClient, other_agent: DeskClient) -> None:
    async with other_agent.stream() as tab:
        await tab.until(type="ready")
        await admin.put(f"/agents/{other_agent.id}", {"active": False})
        assert await how_it_closes(tab.socket) == 4401


@pytest.mark.parametrize("hello", [{"csrf": "wrong"}, {"csrf": ""}, {"after": -1}, {"type": "follow"}, {"more": 1}])
async def test_a_wrong_first_frame_opens_nothing(agent: DeskClient, hello: dict[str, Any]) -> None:
    async with agent.stream(**hello) as tab:
        assert await how_it_closes(tab.socket) == 4401


@pytest.mark.parametrize("headers", [{}, {"Cookie": "ramah_desk=guessed"}])
async def test_without_a_session_the_socket_closes(agent: DeskClient, headers: dict[str, str]) -> None:
    url = f"{agent.url.replace('http', 'ws')}{API}/stream"
    async with websockets.client.connect(url, extra_headers=headers) as socket:
        await socket.send(json.dumps({"type": "hello", "csrf": agent.csrf}))
        assert await how_it_closes(socket) == 4401


async def test_a_page_of_another_site_opens_nothing_with_the_agents_cookie(agent: DeskClient) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in agent.http.cookies.items())
    url = f"{agent.url.replace('http', 'ws')}{API}/stream"
    async with websockets.client.connect(
        url, extra_headers={"Cookie": cookies}, origin="https://evil.example"
    ) as socket:
        await socket.send(json.dumps({"type": "hello", "csrf": agent.csrf}))
        assert await how_it_closes(socket) == 4401


async def test_nonsense_on_the_socket_harms_nobody(agent: DeskClient, waiting: Shopper) -> None:
    async with agent.stream() as tab:
        await tab.until(type="ready")
        for frame in ("{}", "[]", "not json", '{"type": "follow", "conversation_id": "c_unknown"}', b"\x00"):
            await tab.socket.send(frame)
        await follow(tab, waiting)
        await tab.until_seq(1)


async def test_who_has_sent_what_they_wrote_is_typing_no_more(agent: DeskClient, waiting: Shopper) -> None:
    await claim(agent, waiting)
    typing = json.dumps({"type": "typing", "conversation_id": waiting.id})
    async with waiting.tab() as page, agent.stream() as tab:
        await follow(tab, waiting)
        await tab.until(type="owner", conversation_id=waiting.id)
        await page.until(type="owner")
        await tab.socket.send(typing)
        await page.until(type="typing", on=True)
        await agent.post(f"/conversations/{waiting.id}/messages", {"client_id": "a1", "text": "Here"})
        await page.until(type="message")
        await page.until(type="typing", on=False)
        await tab.socket.send(typing)
        await page.until(type="typing", on=True)
        await page.until(type="typing", on=False)  # they think, or have gone: after some seconds
    told = [frame["on"] for frame in page.frames if frame["type"] == "typing"]
    assert told == [True, False, True, False]
