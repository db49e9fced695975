"""The gateway as a real process, and the stand-in engine it asks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.processes.ports import free_port
from tests.until import until_it_answers

ROOT = Path(__file__).parents[2]
ENGINE_KEY = "test-engine-key"
START_SECONDS = 300.0  # a bound, not a wait


@dataclass
class Child:
    command: list[str]
    health: str
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command, cwd=ROOT, env=os.environ | self.environment, stdout=log, stderr=log
            )
        try:
            until_it_answers(self.health, self._process, self.log, START_SECONDS)
        except AssertionError:
            self.kill()
            raise

    def kill(self) -> None:
        """kill -9, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        return self._end(signal.SIGTERM)

    def wait(self) -> int:
        assert self._process is not None
        return self._process.wait(START_SECONDS)

    def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(how)
        return self.wait()


class Engine(Child):
    """``asked`` counts what reached it, ``ran`` what it did."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.folder = folder / "engine"
        command = [sys.executable, "tests/gateway/engine_stand_in.py", str(self.port), str(self.folder), ENGINE_KEY]
        super().__init__(command, f"{self.url}/webhooks/turns/health", folder / "engine.log")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def asked(self) -> list[dict[str, Any]]:
        return self._lines("asked")

    def ran(self) -> list[dict[str, Any]]:
        return self._lines("ran")

    def _lines(self, what: str) -> list[dict[str, Any]]:
        path = self.folder / f"{what}.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


class Gateway(Child):
    def __init__(self, folder: Path, engine_url: str, **settings: str) -> None:
        self.port = free_port()
        self.folder = folder
        environment = {
            "RAMAH_STATE_DIR": str(folder / "state"),
            "RAMAH_GATEWAY_PORT": str(self.port),
            "RAMAH_ENGINE_URL": engine_url,
            "RAMAH_ENGINE_KEY": ENGINE_KEY,
            "RAMAH_PEPPER": "test-pepper",
            "RAMAH_RATE_LIMIT_FACTOR": "1000",
            "RAMAH_ENGINE_PATIENCE": "2",
            **{f"RAMAH_{name.upper()}": value for name, value in settings.items()},
        }
        command = [sys.executable, "-m", "bot.gateway"]
        super().__init__(command, f"{self.url}/health", folder / "gateway.log", environment)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "state" / "conversations.db"
