"""`make soak`: the fault tests at full count; writes docs/soak.md."""

from __future__ import annotations

import argparse
import asyncio
import platform
import tempfile
import time
from datetime import date
from pathlib import Path

import psutil

from tests.faults.crash_round import Outcome, crash_round
from tests.stack import Stack

PAGE = Path(__file__).resolve().parent.parent / "docs" / "soak.md"
# Longer than Rasa takes to start again, so that most orders are changed in the end and a doubled change can show.
PATIENCE = 60.0  # seconds a turn is tried before a person gets it
PAUSE = (2.0, 6.0)  # seconds between one kill and the next
STAY = 8.0  # seconds a shopper who waits for a person keeps their place in the crowd
MUST_BE_EMPTY = {
    "lost": "conversations in which a message is not in the log",
    "doubled": "conversations in which a message is there twice or a number is missing",
    "open_turns": "conversations with a message neither answered nor in the queue",
    "written_twice": "orders changed twice",
    "said_but_not_written": "orders said to be changed and not changed",
    "without_record": "conversations in the queue without a context record",
    "unsolved": "conversations neither solved nor with a person",
}

PAGE_TEXT = """# The last run at full count

Made by `make soak`; do not edit by hand. Guests change the address of an order each while gateway, Rasa, action server
and demo store are killed (kill -9) in turn, at random moments; afterwards the log and the store are counted.

`{command}`, {run}.

| what | count |
|---|---|
{rows}"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--conversations", type=int, default=200)
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--seed", type=int, default=20261121)
    asked = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder), engine_patience=PATIENCE)
        try:
            outcome = asyncio.run(
                crash_round(stack, asked.conversations, asked.at_once, asked.seed, pause=PAUSE, stay=STAY)
            )
        finally:
            stack.stop()
    page = report(outcome, asked, time.monotonic() - started)
    PAGE.write_text(page, encoding="utf-8")
    print(page)
    return int(any(getattr(outcome, name) for name in MUST_BE_EMPTY))


def report(outcome: Outcome, asked: argparse.Namespace, seconds: float) -> str:
    kills = ", ".join(f"{name} {times}" for name, times in sorted(outcome.kills.items()))
    command = f"python -m benchmarks.soak --conversations {asked.conversations} --at-once {asked.at_once}"
    machine = f"{platform.system()} on {psutil.cpu_count()} cores"
    counts = {
        "conversations": outcome.conversations,
        "messages in the log": outcome.messages,
        f"kills: {kills}": sum(outcome.kills.values()),
        "orders changed, and the shopper told so": outcome.changed,
        "conversations that ended with a person": outcome.with_a_person,
        **{meaning: len(getattr(outcome, name)) for name, meaning in MUST_BE_EMPTY.items()},
    }
    rows = "".join(f"| {what} | {count} |\n" for what, count in counts.items())
    return PAGE_TEXT.format(
        command=f"{command} --seed {asked.seed}",
        run=f"{date.today().isoformat()}, {machine}, {seconds / 60:.1f} minutes",
        rows=rows,
    )


if __name__ == "__main__":
    raise SystemExit(main())
