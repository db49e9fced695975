"""The two that are measured, each with a page for every agent and every shopper: Ramah, and the bare socket."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from benchmarks.light_socket import LightHttp, LightSocket

Way = Literal["shopper to agent", "agent to shopper"]

_MARK = re.compile(rb"#(\d+)#")
READ_AFTER = 0.5  # seconds until a page tells that a message was seen
TYPES_BEFORE = 2.0  # seconds before sending, the other side sees that somebody writes


@dataclass
class Watch:
    """When which message left, and how long it took to the other's screen. ``taken``: seconds."""

    left: dict[int, tuple[Way, float]] = field(default_factory=dict)
    taken: dict[Way, list[float]] = field(default_factory=lambda: {"shopper to agent": [], "agent to shopper": []})
    number: int = 0

    def text(self, way: Way, words: str) -> str:
        self.number += 1
        self.left[self.number] = (way, time.perf_counter())
        return f"#{self.number}# {words}"

    def arrived(self, frame: bytes, to: Way) -> bool:
        """Whether ``frame`` brought a message of the other side."""
        found = _MARK.search(frame)
        started = self.left.get(int(found[1])) if found else None
        if found is None or started is None or started[0] != to:
            return False
        del self.left[int(found[1])]
        self.taken[to].append(time.perf_counter() - started[1])
        return True


@dataclass(frozen=True)
class Pair:
    """A conversation: its shopper's token, and the number of the agent who owns it."""

    conversation_id: str
    token: str
    agent: int


@dataclass(frozen=True)
class AgentKey:
    """What opens an agent's session."""

    token: str
    csrf: str


class Side(Protocol):
    name: str
    watch: Watch

    async def open(self) -> None: ...

    async def shopper_sends(self, pair: Pair, words: str) -> None: ...

    async def agent_sends(self, pair: Pair, words: str) -> None: ...

    def close(self) -> None: ...


class RamahSide:
    """As its pages do it: HTTP to send, a socket to hear, typing before and a read mark after."""

    name = "Ramah"

    def __init__(self, port: int, pairs: Sequence[Pair], keys: Sequence[AgentKey], told: int) -> None:
        """``told``: the desk's clock when the pages showed their lists."""
        self.watch = Watch()
        self._port, self._pairs, self._keys, self._told = port, pairs, keys, told
        self._followed: set[bytes] = set()
        self._all_shown = asyncio.Event()  # every page shows what was said before
        self._tabs: dict[str, LightSocket] = {}
        self._desks: list[LightSocket] = []
        self._shoppers = {each.conversation_id: LightHttp(port, _bearer(each)) for each in pairs}
        self._agents = [LightHttp(port, _cookie(key) + f"X-CSRF-Token: {key.csrf}\r\n") for key in keys]
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        for number, key in enumerate(self._keys):
            socket = await LightSocket(self._agent_hears(number)).connect(
                self._port, "/desk/v1/stream", _cookie(key) + f"Origin: http://127.0.0.1:{self._port}\r\n"
            )
            socket.send(json.dumps({"type": "hello", "csrf": key.csrf, "after": self._told}))
            self._desks.append(socket)
        for each in self._pairs:
            path = f"/chat/v1/conversations/{each.conversation_id}/stream"
            socket = await LightSocket(self._shopper_hears(each)).connect(self._port, path)
            socket.send(json.dumps({"token": each.token, "after": 0}))
            self._tabs[each.conversation_id] = socket
            follow = {"type": "follow", "conversation_id": each.conversation_id, "after": 0}
            self._desks[each.agent].send(json.dumps(follow))
        await self._all_shown.wait()

    async def shopper_sends(self, pair: Pair, words: str) -> None:
        self._tabs[pair.conversation_id].send('{"type":"typing"}')
        await asyncio.sleep(TYPES_BEFORE)
        text = self.watch.text("shopper to agent", words)
        body = json.dumps({"client_id": text.split()[0].strip("#"), "text": text})
        _need(202, await self._shoppers[pair.conversation_id].post(_chat(pair, "messages"), body))

    async def agent_sends(self, pair: Pair, words: str) -> None:
        self._desks[pair.agent].send(json.dumps({"type": "typing", "conversation_id": pair.conversation_id}))
        await asyncio.sleep(TYPES_BEFORE)
        text = self.watch.text("agent to shopper", words)
        body = json.dumps({"client_id": text.split()[0].strip("#"), "text": text})
        _need(201, await self._agents[pair.agent].post(_desk(pair, "messages"), body))

    def _agent_hears(self, number: int) -> Callable[[bytes], None]:
        def hear(frame: bytes) -> None:
            if frame.startswith(b'{"type":"read"'):
                self._followed.add(frame)
                if len(self._followed) == len(self._pairs):
                    self._all_shown.set()
            if frame.startswith(b'{"type":"message"') and self.watch.arrived(frame, "shopper to agent"):
                told = json.loads(frame)
                path = f"/desk/v1/conversations/{told['conversation_id']}/read"
                self._later(self._agents[number], path, told["message"]["seq"])

        return hear

    def _shopper_hears(self, pair: Pair) -> Callable[[bytes], None]:
        def hear(frame: bytes) -> None:
            if frame.startswith(b'{"type":"message"') and self.watch.arrived(frame, "agent to shopper"):
                seq = json.loads(frame)["message"]["seq"]
                tab = self._tabs[pair.conversation_id]
                asyncio.get_running_loop().call_later(READ_AFTER, tab.send, f'{{"type":"read","seq":{seq}}}')

        return hear

    def _later(self, http: LightHttp, path: str, seq: int) -> None:
        async def read() -> None:
            await asyncio.sleep(READ_AFTER)
            _need(204, await http.post(path, f'{{"seq":{seq}}}'))

        task = asyncio.create_task(read())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        for each in (*self._desks, *self._tabs.values(), *self._agents, *self._shoppers.values()):
            each.close()


class BareSide:
    """One socket each, for both ways; nothing else."""

    name = "bare socket"

    def __init__(self, port: int, pairs: Sequence[Pair], agents: int) -> None:
        self.watch = Watch()
        self._port, self._pairs, self._count = port, pairs, agents
        self._tabs: dict[str, LightSocket] = {}
        self._desks: list[LightSocket] = []

    async def open(self) -> None:
        for number in range(self._count):
            self._desks.append(await self._socket(f"agent {number}", "shopper to agent"))
        for each in self._pairs:
            self._tabs[each.conversation_id] = await self._socket(each.conversation_id, "agent to shopper")
        await asyncio.sleep(1)

    async def _socket(self, who: str, way: Way) -> LightSocket:
        socket = await LightSocket(lambda frame: (self.watch.arrived(frame, way), None)[1]).connect(self._port, "/talk")
        socket.send(who)
        return socket

    async def shopper_sends(self, pair: Pair, words: str) -> None:
        await asyncio.sleep(TYPES_BEFORE)
        text = self.watch.text("shopper to agent", words)
        said = {"to": f"agent {pair.agent}", "conversation": pair.conversation_id, "text": text}
        self._tabs[pair.conversation_id].send(json.dumps(said))

    async def agent_sends(self, pair: Pair, words: str) -> None:
        await asyncio.sleep(TYPES_BEFORE)
        text = self.watch.text("agent to shopper", words)
        said = {"to": pair.conversation_id, "conversation": pair.conversation_id, "text": text}
        self._desks[pair.agent].send(json.dumps(said))

    def close(self) -> None:
        for each in (*self._desks, *self._tabs.values()):
            each.close()


def _need(wanted: int, status: int) -> None:
    if status != wanted:
        raise ConnectionError(f"{status} instead of {wanted}")


def _bearer(pair: Pair) -> str:
    return f"Authorization: Bearer {pair.token}\r\n"


def _cookie(key: AgentKey) -> str:
    return f"Cookie: ramah_desk={key.token}\r\n"


def _chat(pair: Pair, what: str) -> str:
    return f"/chat/v1/conversations/{pair.conversation_id}/{what}"


def _desk(pair: Pair, what: str) -> str:
    return f"/desk/v1/conversations/{pair.conversation_id}/{what}"
