"""`make soak-desk`: 300 handoffs under kill -9 and cut sockets; writes docs/soak-desk.md."""

from __future__ import annotations

import argparse
import asyncio
import platform
import tempfile
import time
from datetime import date
from pathlib import Path

import psutil

from tests.end_to_end.desk_staff import PASSWORD, STAFF, hire
from tests.end_to_end.desks import desk_settings
from tests.faults.handoff_round import HandoffOutcome, handoff_round
from tests.stack import Stack

PAGE = Path(__file__).resolve().parent.parent / "docs" / "soak-desk.md"
PATIENCE = 60.0  # seconds a turn is tried before a person gets it: longer than Rasa takes to start again
PAUSE = (2.0, 6.0)  # seconds between one kill and the next
MUST_BE_EMPTY = {
    "lost": "conversations in which a message of either side is not in the log",
    "doubled": "conversations in which a message is there twice or a number is missing",
    "unseen": "conversations in which an open page has a gap or shows a message twice",
    "two_owners": "conversations with an owner change that does not begin where the last one ended",
    "bot_beside_person": "conversations in which the bot spoke while a person had them",
    "written_twice": "orders written twice",
    "open_turns": "conversations with a message neither answered nor in the queue",
    "fell_out": "conversations with people and without a context record",
}

PAGE_TEXT = """# The last run of handoffs at full count

Made by `make soak-desk`; do not edit by hand. Guests ask for a person in the middle of an address change; two agents
claim at once; both sides write; the agent fills in the address and hands back (or cancels the order from the desk),
and the shopper confirms. All the while gateway, Rasa and action server are killed (kill -9) in turn, and the sockets of
both sides are cut at random. Afterwards the log, the store and what came to the screens are counted.

`{command}`, {run}.

| what | count |
|---|---|
{rows}"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak_desk", description=__doc__)
    parser.add_argument("--handoffs", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--seed", type=int, default=20261122)
    asked = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder), engine_patience=PATIENCE, **desk_settings(Path(folder), "claim"))
        try:
            hire(stack)
            staff = [(f"{key}@shop.example", PASSWORD, name) for key, (name, _, _) in STAFF.items()]
            round_ = handoff_round(stack, staff, asked.handoffs, asked.at_once, asked.seed, pause=PAUSE)
            outcome = asyncio.run(round_)
        finally:
            stack.stop()
    page = report(outcome, asked, time.monotonic() - started)
    PAGE.write_text(page, encoding="utf-8")
    print(page)
    for name in MUST_BE_EMPTY:
        if found := getattr(outcome, name):
            print(name, found)
    return int(any(getattr(outcome, name) for name in MUST_BE_EMPTY))


def report(outcome: HandoffOutcome, asked: argparse.Namespace, seconds: float) -> str:
    kills = ", ".join(f"{name} {times}" for name, times in sorted(outcome.kills.items()))
    counts = {
        "handoffs": outcome.handoffs,
        "messages in the log": outcome.messages,
        f"kills: {kills}": sum(outcome.kills.values()),
        "sockets cut": outcome.cuts,
        "handed back to the bot": outcome.handed_back,
        "orders changed by the bot after the hand-back": outcome.changed_by_bot,
        "orders cancelled by the agent": outcome.cancelled_by_agent,
        "conversations that ended with a person": outcome.ended_with_a_person,
        **{meaning: len(getattr(outcome, name)) for name, meaning in MUST_BE_EMPTY.items()},
    }
    rows = "".join(f"| {what} | {count} |\n" for what, count in counts.items())
    command = (
        f"python -m benchmarks.soak_desk --handoffs {asked.handoffs} --at-once {asked.at_once} --seed {asked.seed}"
    )
    machine = f"{platform.system()} on {psutil.cpu_count()} cores"
    return PAGE_TEXT.format(
        command=command, run=f"{date.today().isoformat()}, {machine}, {seconds / 60:.1f} minutes", rows=rows
    )


if __name__ == "__main__":
    raise SystemExit(main())
