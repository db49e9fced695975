"""A crowd of shoppers changes orders while the processes are killed under them; afterwards everything is counted."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.faults.crowd_store import ADDRESS_ORDER, fill_with_copies, writes_of
from tests.faults.killer import kill_in_turn
from tests.faults.stubborn_shopper import StubbornShopper
from tests.stack import Stack

FINAL_TURNS = {"done", "queued", "dropped"}
NEW_STREET = "9 Jalan Cempaka"


@dataclass
class Outcome:
    """What a round left behind. Every list names conversations and must be empty."""

    conversations: int = 0
    messages: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    changed: int = 0  # conversations whose order was changed, and that heard so
    with_a_person: int = 0  # conversations that ended in the queue
    lost: list[str] = field(default_factory=list)  # a message is not in the log
    doubled: list[str] = field(default_factory=list)  # a message is there twice, or the numbers have a gap
    open_turns: list[str] = field(default_factory=list)  # neither answered nor in the queue
    written_twice: list[str] = field(default_factory=list)
    said_but_not_written: list[str] = field(default_factory=list)
    without_record: list[str] = field(default_factory=list)  # in the queue without a context record
    unsolved: list[str] = field(default_factory=list)  # neither changed nor with a person


async def crash_round(
    stack: Stack, conversations: int, at_once: int, seed: int, *, pause: tuple[float, float], stay: float = 0.0
) -> Outcome:
    """Let ``conversations`` guests change the address of an order each, ``at_once`` at a time, under kill -9.

    Args:
        pause: seconds between one kill and the next, drawn between these two.
        stay: seconds that a shopper who waits for a person keeps their place; without it the whole crowd would
            pass through the first moments in which the store is down, for those conversations are short.
    """
    numbers = [f"{80000 + index}" for index in range(conversations)]
    scratch = stack.settings.state_dir / "crowd.json"
    email = fill_with_copies(stack.store_database, scratch, numbers, ADDRESS_ORDER)
    enough, room = asyncio.Event(), asyncio.Semaphore(at_once)
    killing = asyncio.create_task(kill_in_turn(stack, random.Random(seed), enough, pause))
    try:
        shoppers = await asyncio.gather(*(_visit(stack, room, number, email, stay) for number in numbers))
    finally:
        enough.set()
        kills = await killing
    outcome = Outcome(conversations=conversations, kills=kills)
    for shopper, confirmed in shoppers:
        _count(stack, shopper, confirmed, outcome)
    return outcome


async def _visit(
    stack: Stack, room: asyncio.Semaphore, number: str, email: str, stay: float
) -> tuple[StubbornShopper, bool]:
    """Change one order's address; gives whether the bot said that it is done."""
    own_address = {"X-Forwarded-For": f"198.51.100.{int(number) % 250}"}  # limits count by address
    async with room, httpx.AsyncClient(base_url=stack.url, timeout=20, trust_env=False, headers=own_address) as http:
        shopper = StubbornShopper(http)
        await shopper.enter()
        confirmed = await _change_address(shopper, number, email)
        if shopper.owner == "bot":
            await shopper.says(text="thanks")
        else:
            await asyncio.sleep(stay)
        await shopper.reads_all()
        return shopper, confirmed


async def _change_address(shopper: StubbornShopper, number: str, email: str) -> bool:
    answers = await shopper.says(text=f"change the delivery address of order {number}, my email is {email}")
    if not _has_card(answers, "address_form"):
        return False
    answers = await shopper.submits(line1=NEW_STREET)
    if not _has_card(answers, "confirm"):
        return False
    answers = await shopper.presses(answers[-1]["buttons"][0]["title"])
    return any(number in message["text"] and "now goes to" in message["text"] for message in answers)


def _has_card(answers: list[dict[str, Any]], kind: str) -> bool:
    return any((message.get("card") or {}).get("type") == kind for message in answers)


def _count(stack: Stack, shopper: StubbornShopper, confirmed: bool, outcome: Outcome) -> None:
    name = shopper.conversation_id
    kept = Counter(message.get("client_id") for message in shopper.seen if message.get("client_id"))
    outcome.messages += len(shopper.seen)
    if any(kept[client_id] == 0 for client_id in shopper.sent):
        outcome.lost.append(name)
    numbers = [message["seq"] for message in shopper.seen]
    if numbers != list(range(1, len(numbers) + 1)) or any(times > 1 for times in kept.values()):
        outcome.doubled.append(name)
    writes = len(writes_of(stack.store_database, name))
    if writes > 1:
        outcome.written_twice.append(name)
    if confirmed and writes == 0:
        outcome.said_but_not_written.append(name)
    changed = confirmed and writes == 1
    outcome.changed += changed
    states, handoffs = _turns_and_handoffs(stack.log_database, name)
    if not states <= FINAL_TURNS:
        outcome.open_turns.append(name)
    if not changed and shopper.owner != "queue":
        outcome.unsolved.append(name)
    if shopper.owner == "queue":  # some of the changed too: nobody could answer their thanks
        outcome.with_a_person += 1
        if not handoffs:
            outcome.without_record.append(name)


def _turns_and_handoffs(database: Path, conversation_id: str) -> tuple[set[str], int]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        turns = connection.execute("select state from turns where conversation_id = ?", (conversation_id,)).fetchall()
        handoffs = connection.execute(
            "select count(*) from handoffs where conversation_id = ?", (conversation_id,)
        ).fetchone()
    return {state for (state,) in turns}, int(handoffs[0])
