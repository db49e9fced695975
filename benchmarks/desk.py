"""``python -m benchmarks.desk``: how long a message takes from one person to the other's screen while a desk is busy.

Agents own the conversations of shoppers, all with open pages, both sides write at a human rate. In the same run, turn
about, a bare Sanic socket that commits a row does the same (``benchmarks.desk_bare``). Writes docs/desk-benchmark.md.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import uvloop
from sqlalchemy import update
from sqlalchemy.engine import Connection

from benchmarks.desk_sides import AgentKey, BareSide, Pair, RamahSide, Side, Way
from benchmarks.server import Server
from bot.conversations.append import Draft, append
from bot.conversations.database import ConversationLog
from bot.conversations.lookup import hold_conversation
from bot.conversations.migrate import migrate
from bot.conversations.owner import change_owner
from bot.conversations.records import BOT, BOT_AUTHOR, QUEUE, SHOPPER
from bot.conversations.start import start_conversation
from bot.conversations.tables import conversations
from bot.conversations.times import utc_now
from bot.conversations.waiting import clock
from bot.desk.people.agents import add_agent
from bot.desk.people.sessions import begin_session
from bot.processes.ports import free_port
from tests.gateway.processes import ROOT, Engine, Gateway

PAGE = ROOT / "docs" / "desk-benchmark.md"
SHOPPER_EVERY = 30.0  # seconds between two messages of a shopper, on average
AGENT_EVERY = 6.0  # and of an agent, over all conversations they have
WARM_UP = 5.0  # seconds at the beginning of each turn that do not count
SAID_BEFORE = 10  # messages that each conversation begins with
WORDS = (
    "Where is my parcel? It should have come on Tuesday.",
    "Let me look at that for you, one moment please.",
    "Thanks! And can it still go to my office instead of my home?",
    "It is with the carrier now; the address can't be changed any more, but you can pick it up at the depot.",
    "ok",
)


@dataclass(frozen=True)
class Result:
    """Milliseconds."""

    name: str
    way: Way | str
    messages: int
    p50: float
    p95: float
    worst: float


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="for each of the two (default: 5)")
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--shoppers", type=int, default=500)
    parser.add_argument("--turn", type=float, default=30.0, help="seconds until the other has its turn (default: 30)")
    parser.add_argument("--no-page", action="store_true", help="print only")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    uvloop.install()
    with tempfile.TemporaryDirectory(dir=ROOT / ".cache" if (ROOT / ".cache").exists() else None) as folder:
        results, lost = asyncio.run(_run(asked, Path(folder)))
    text = _report(results, lost, asked, load)
    print(text)
    if not asked.no_page:
        PAGE.write_text(text, "utf-8")
    return int(lost > 0)


async def _run(asked: argparse.Namespace, folder: Path) -> tuple[list[Result], int]:
    engine = Engine(folder)
    gateway = Gateway(folder, engine.url)
    (folder / "state").mkdir()
    pairs, keys, told = await _fill(gateway.database, asked.agents, asked.shoppers)
    bare_port = free_port()
    bare_command = [sys.executable, "-m", "benchmarks.desk_bare", str(bare_port), str(folder / "bare.db")]
    bare_health = f"http://127.0.0.1:{bare_port}/health"
    with ExitStack() as running:
        for child in (engine, gateway):
            await asyncio.to_thread(child.start)
            running.callback(child.stop)
        bare_server = Server(bare_command, bare_health, folder / "bare.log", ROOT, {})
        await asyncio.to_thread(running.enter_context, bare_server)
        sides: list[Side] = [RamahSide(gateway.port, pairs, keys, told), BareSide(bare_port, pairs, asked.agents)]
        for side in sides:
            await side.open()
            running.callback(side.close)
        turns = max(1, round(asked.minutes * 60 / asked.turn))
        for turn in range(turns):
            for side in sides:
                await _talk(side, pairs, asked.turn)
                _tell(side, turn + 1, turns)
    return [each for side in sides for each in _results(side)], sum(len(side.watch.left) for side in sides)


async def _fill(database: Path, agents: int, shoppers: int) -> tuple[list[Pair], list[AgentKey], int]:
    """A desk in the middle of a busy day, and its clock: what a page knows that has shown its list."""
    log = ConversationLog(f"sqlite:///{database}")
    await migrate(log)

    def fill(connection: Connection) -> tuple[list[Pair], list[AgentKey], int]:
        now = utc_now()
        people = [
            add_agent(
                connection,
                name=f"Agent {number}",
                email=f"agent{number}@example.com",
                password_hash="none",  # noqa: S106 - nobody signs in with a password here
                role="agent",
                languages=["en"],
                capacity=100,
                now=now,
            )
            for number in range(agents)
        ]
        begun = [begin_session(connection, each.id, now) for each in people]
        pairs = []
        for number in range(shoppers):
            started = start_conversation(
                connection, locale="en", time_zone="UTC", client_ref="bench", customer=None, now=now
            )
            held = hold_conversation(connection, started.conversation_id)
            said = [
                Draft(SHOPPER if each % 2 == 0 else BOT_AUTHOR, WORDS[each % len(WORDS)]) for each in range(SAID_BEFORE)
            ]
            append(connection, held, said, now)
            agent = people[number % agents]
            change_owner(connection, held.id, expected=BOT, to=QUEUE, by=BOT_AUTHOR, why="wish_for_person", now=now)
            change_owner(connection, held.id, expected=QUEUE, to=agent.owner, by=agent.author, why="claimed", now=now)
            pairs.append(Pair(held.id, started.token, number % agents))
        connection.execute(update(conversations).values(reason="wish_for_person"))
        return pairs, [AgentKey(each.token, each.csrf) for each in begun], clock(connection)

    try:
        return await log.write(fill)
    finally:
        await log.close()


async def _talk(side: Side, pairs: Sequence[Pair], seconds: float) -> None:
    """One turn: everybody writes now and then; who has sent while the turn warms up is forgotten."""
    until = time.perf_counter() + seconds
    by_agent: dict[int, list[Pair]] = {}
    for pair in pairs:
        by_agent.setdefault(pair.agent, []).append(pair)
    writers = [_writes(partial(side.shopper_sends, pair), SHOPPER_EVERY, until) for pair in pairs]
    writers += [
        _writes(lambda words, mine=mine: side.agent_sends(random.choice(mine), words), AGENT_EVERY, until)
        for mine in by_agent.values()
    ]
    kept = {way: list(taken) for way, taken in side.watch.taken.items()}
    asyncio.get_running_loop().call_later(WARM_UP, side.watch.taken.update, kept)
    await asyncio.gather(*writers)
    await asyncio.sleep(1.5)


async def _writes(send: Callable[[str], Awaitable[Any]], every: float, until: float) -> None:
    pause = random.uniform(0, every)
    while time.perf_counter() + pause < until:
        await asyncio.sleep(pause)
        await send(random.choice(WORDS))
        pause = random.uniform(0.5, 1.5) * every


def _tell(side: Side, turn: int, turns: int) -> None:
    p95 = _p95([each for taken in side.watch.taken.values() for each in taken])
    print(f"{side.name}, turn {turn} of {turns}: p95 so far {p95:.2f} ms", flush=True)


def _results(side: Side) -> list[Result]:
    taken = side.watch.taken
    both = {"both ways": [each for values in taken.values() for each in values]}
    return [
        Result(side.name, way, len(values), median(values) * 1000, _p95(values), max(values) * 1000)
        for way, values in {**taken, **both}.items()
    ]


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1] * 1000 if len(values) > 1 else float("nan")


def _report(results: list[Result], lost: int, asked: argparse.Namespace, load: float) -> str:
    p95 = {(each.name, each.way): each.p95 for each in results}
    rows = "".join(
        f"| {each.name} | {each.way} | {each.messages} | {each.p50:.2f} | {each.p95:.2f} | {each.worst:.1f} |\n"
        for each in results
    )
    ratios = "".join(
        f"| {way} | {p95['Ramah', way] / p95['bare socket', way]:.2f} |\n"
        for way in ("shopper to agent", "agent to shopper", "both ways")
    )
    command = f"python -m benchmarks.desk --minutes {asked.minutes:g} --agents {asked.agents}"
    return _PAGE.format(
        command=f"{command} --shoppers {asked.shoppers}",
        facts=_facts(load),
        agents=asked.agents,
        shoppers=asked.shoppers,
        minutes=f"{asked.minutes:g}",
        turn=f"{asked.turn:g}",
        shopper_every=f"{SHOPPER_EVERY:g}",
        agent_every=f"{AGENT_EVERY:g}",
        rows=rows,
        ratios=ratios,
        lost=lost,
    )


def _facts(load: float) -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    return (
        f"{date.today().isoformat()}, commit {commit}, {_processor()}, {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"load before the run {load:.2f}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


_PAGE = """# A busy desk: from one person's send to the other's screen

Made by `make bench-desk`; do not edit by hand. {agents} agents own the conversations of {shoppers} shoppers, every page
is open, and both sides write at a human rate: a shopper every {shopper_every} s, an agent every {agent_every} s (on
average; which is more than most type). Ramah's pages do what they do in a browser: they send by HTTP, hear by socket,
show that somebody writes before, and tell what was read after; every agent's page gets every change of the queue. The
bare one is a Sanic socket that commits one row (SQLite, WAL, `synchronous = FULL`, same disk) and passes it on: no
numbers, no owner, no queue, nothing else. Both run in the same run on the same machine, turn about, {turn} s each,
{minutes} minutes for each, with the same number of open sockets; so do the pages, in one process.

`{command}`

{facts}.

| | way | messages | p50 ms | p95 ms | worst ms |
|---|---|---|---|---|---|
{rows}
| Ramah's p95 in bare p95s | |
|---|---|
{ratios}
Messages that never arrived: {lost}.
"""


if __name__ == "__main__":
    sys.exit(main())
