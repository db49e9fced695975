"""The real demo store as a process of its own, for any test that needs a store."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.processes.ports import free_port
from tests.until import until_it_answers

ROOT = Path(__file__).parents[2]
KEY = "test-store-key"
START_SECONDS = 300  # a bound, not a wait: a busy machine may need many times the usual two


@dataclass
class RunningStore:
    """A store that answers. ``dump()`` gives what its database holds now, in the format it was loaded in."""

    url: str
    key: str
    db: Path
    port: int
    arguments: tuple[str, ...]
    process: subprocess.Popen[bytes]

    def dump(self, format: str = "ramah") -> dict[str, Any]:
        path = self.db.with_suffix(".dump.json")
        subprocess.run(
            [sys.executable, "-m", "bot.demo_store", "--db", str(self.db), "--dump", str(path), "--format", format],
            check=True,
            capture_output=True,
            cwd=ROOT,
        )
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return content

    def order(self, number: str) -> dict[str, Any]:
        """The stored order of that number, read from the database and not over HTTP."""
        return next(entry["order"] for entry in self.dump()["orders"] if entry["order"]["number"] == number)

    def kill(self) -> None:
        """kill -9, as a crash does it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def start_again(self) -> None:
        self.process = _started(self.port, self.db, self.arguments)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


def start_demo_store(tmp_path: Path, today: date | None = None, *arguments: str) -> RunningStore:
    """Start a store on a free port with its database in ``tmp_path``; returns once it answers. Stop it yourself.

    Without ``today`` the demo shop is as of the real today. ``arguments`` go to the command line as they are.
    """
    given = arguments if today is None else ("--today", today.isoformat(), *arguments)
    port, db = free_port(), tmp_path / "store.db"
    return RunningStore(f"http://127.0.0.1:{port}", KEY, db, port, given, _started(port, db, given))


def _started(port: int, db: Path, arguments: tuple[str, ...]) -> subprocess.Popen[bytes]:
    log = db.with_suffix(".log")
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.demo_store", "--port", str(port), "--db", str(db), *arguments],
            env={**os.environ, "RAMAH_STORE_KEY": KEY},
            stdout=output,
            stderr=output,
            cwd=ROOT,
        )
    try:
        until_it_answers(f"http://127.0.0.1:{port}/health", process, log, START_SECONDS)
    except AssertionError:
        process.kill()
        process.wait()
        raise
    return process
