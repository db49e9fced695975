"""A model of the engine's own small bot, its action server, and engine processes to talk to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.processes.ports import free_port
from tests.until import until_it_answers

BOT = Path(__file__).parent / "bot"
PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    command = [sys.executable, "-m", "bot.engine.rasa_command", "train", "--fixed-model-name", "engine", "--out"]
    done = subprocess.run([*command, str(folder)], cwd=BOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return folder / "engine.tar.gz"


class ActionServer:
    """The action server of the tests; can be killed and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.counted = folder / "counted"
        self.counted.touch()
        self._log = folder / "actions.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, count_seconds: float = 0, slow_seconds: float = 30) -> None:
        settings = {"COUNT_FILE": self.counted, "COUNT_SECONDS": count_seconds, "SLOW_SECONDS": slow_seconds}
        environment = {**os.environ, **{name: str(value) for name, value in settings.items()}}
        command = [sys.executable, "-W", "ignore", str(BOT / "action_server.py"), str(self.port)]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        until_it_answers(f"http://127.0.0.1:{self.port}/health", self._process, self._log)

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    def runs_of(self, turn_id: str) -> int:
        return self.counted.read_text().split().count(turn_id)


@pytest.fixture(scope="session")
def actions_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    server = ActionServer(tmp_path_factory.mktemp("actions"))
    server.start()
    yield server.port
    server.stop()


@pytest.fixture
def action_server(tmp_path: Path) -> Iterator[ActionServer]:
    """A server of this test's own, to be hurt."""
    server = ActionServer(tmp_path)
    server.start()
    yield server
    server.stop()


class Engine:
    """An engine process and a client of it."""

    def __init__(self, model: Path, actions_port: int, state: Path) -> None:
        self.model, self.actions_port, self.state = model, actions_port, state
        self.port = free_port()
        self.log = state / "engine.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}/webhooks/turns", timeout=30)
        self.key = {"Authorization": "Bearer test-key"}

    def start(self) -> None:
        environment = {
            **os.environ,
            "RAMAH_ENGINE_KEY": "test-key",
            "RAMAH_STATE_DIR": str(self.state),
            "RAMAH_ACTIONS_PORT": str(self.actions_port),
        }
        command = [sys.executable, "-m", "bot.engine", "--port", str(self.port), "--model", str(self.model)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=PROJECT)
        until_it_answers(f"http://127.0.0.1:{self.port}/webhooks/turns/health", self.process, self.log)

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.http.close()
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)

    def post(self, body: object, **headers: str) -> httpx.Response:
        return self.http.post("/run", json=body, headers={**self.key, **headers})

    def turn(self, conversation: str, turn_id: str, said: str | dict[str, object], **context: object) -> httpx.Response:
        given = {"kind": "text", "text": said} if isinstance(said, str) else said
        return self.post({"turn_id": turn_id, "conversation_id": conversation, "input": given, "context": context})


@pytest.fixture(scope="session")
def engine(model: Path, actions_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for all tests that only talk to it."""
    running = Engine(model, actions_port, tmp_path_factory.mktemp("engine"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def start_engine(model: Path, tmp_path: Path) -> Iterator[Callable[[int], Engine]]:
    """An engine of this test's own, to be hurt."""
    started: list[Engine] = []

    def start(actions_port: int) -> Engine:
        engine = Engine(model, actions_port, tmp_path)
        started.append(engine)
        engine.start()
        return engine

    yield start
    for engine in started:
        engine.stop()
