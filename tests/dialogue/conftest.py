"""Engine, action server and demo store as real processes, with the model of today's files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.processes.ports import free_port
from bot.training import train_if_changed
from tests.demo_store.process import KEY, ROOT, start_demo_store
from tests.dialogue.talk import ENGINE_KEY, Dialogue
from tests.until import answers, until

READY_SECONDS = 300


@pytest.fixture(scope="session")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dialogue]:
    folder = tmp_path_factory.mktemp("dialogue")
    model = train_if_changed(ROOT, folder / "training.log", lambda _: None)
    store = start_demo_store(folder)
    actions, engine = free_port(), free_port()
    environment = {
        **os.environ,
        "RAMAH_STATE_DIR": str(folder),
        "RAMAH_STORE_URL": store.url,
        "RAMAH_STORE_KEY": KEY,
        "RAMAH_ENGINE_KEY": ENGINE_KEY,
        "RAMAH_PEPPER": "test-pepper",
        "RAMAH_ACTIONS_PORT": str(actions),
    }
    with (folder / "processes.log").open("ab") as log:
        running = [
            subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=environment, stdout=log, stderr=log)
            for command in (
                ("actions", "--port", str(actions)),
                ("bot.engine", "--port", str(engine), "--model", str(model)),
            )
        ]
    try:
        _wait_for(f"http://127.0.0.1:{actions}/health", folder)
        _wait_for(f"http://127.0.0.1:{engine}/webhooks/turns/health", folder)
        yield Dialogue(f"http://127.0.0.1:{engine}", store)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)
        store.stop()


def _wait_for(url: str, folder: Path) -> None:
    until(lambda: answers(url), READY_SECONDS, lambda: f"{url} did not answer; see {folder / 'processes.log'}")
