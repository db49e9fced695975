"""`ramah demo` as a newcomer runs it: it opens, says where, and ends whole."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from bot.installation import PROJECT
from bot.processes.ports import free_port
from tests.until import until

pytestmark = pytest.mark.stack

OPEN_WITHIN = 300  # seconds, with a model that may have to be trained first
END_WITHIN = 60


class Demo:
    """A `ramah demo` of its own, on free ports, with its own state."""

    def __init__(self, state_dir: Path, **changed: str) -> None:
        self.port = free_port()
        environment = {
            **os.environ,
            "RAMAH_STATE_DIR": str(state_dir),
            "RAMAH_GATEWAY_PORT": str(self.port),
            "RAMAH_ACTIONS_PORT": str(free_port()),
            "RAMAH_ENGINE_URL": f"http://127.0.0.1:{free_port()}",
            "RAMAH_STORE_URL": f"http://127.0.0.1:{free_port()}",
            **changed,
        }
        command = [sys.executable, "-m", "bot.cli", "demo"]
        self.process = subprocess.Popen(
            command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.said: list[str] = []

    def wait_until_it_says(self, words: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if words in line:
                return
        raise AssertionError(f"never said {words!r}, but: {''.join(self.said)}")

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def wait(self) -> int:
        out, _ = self.process.communicate(timeout=END_WITHIN)
        self.said.append(out)
        return self.process.returncode

    def all_said(self) -> str:
        return " ".join("".join(self.said).split())


@pytest.fixture
def demos() -> Iterator[list[Demo]]:
    started: list[Demo] = []
    yield started
    for demo in started:
        if demo.process.poll() is None:
            demo.process.terminate()
            demo.process.wait(END_WITHIN)
        if demo.process.stdout:
            demo.process.stdout.close()


def gone(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=END_WITHIN)
    return not alive


def assert_a_printed_agent_signs_in(url: str, said: str, state_dir: Path) -> None:
    passwords = json.loads((state_dir / "demo-agents.json").read_text())
    assert (state_dir / "demo-agents.json").stat().st_mode & 0o777 == 0o600
    for email, password in passwords.items():
        assert f"{email} {password}" in said
        answer = httpx.post(f"{url}/desk/v1/login", json={"email": email, "password": password}, trust_env=False)
        assert answer.status_code == 200, answer.text


def test_the_printed_addresses_answer_until_ctrl_c_ends_everything(tmp_path: Path, demos: list[Demo]) -> None:
    demo = Demo(tmp_path)
    demos.append(demo)
    demo.wait_until_it_says("Ctrl-C ends everything")
    addresses = [word for word in demo.all_said().split() if word.startswith("http")]
    assert addresses == [f"http://127.0.0.1:{demo.port}/{page}" for page in ("", "api", "desk")]
    pages = [httpx.get(address, trust_env=False) for address in addresses[:2]]
    assert ["<ramah-chat" in pages[0].text, "/chat/v1/conversations" in pages[1].text] == [True, True]
    assert_a_printed_agent_signs_in(f"http://127.0.0.1:{demo.port}", demo.all_said(), tmp_path)
    children = demo.children()
    assert len(children) == 4
    demo.process.send_signal(signal.SIGINT)
    assert demo.wait() == 0
    assert gone(children)
    assert "All processes ended." in demo.all_said()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_it_is_starting_leaves_nothing_running(
    tmp_path: Path, demos: list[Demo], end: signal.Signals
) -> None:
    demo = Demo(tmp_path)
    demos.append(demo)
    demo.wait_until_it_says("Starting")
    until(lambda: len(demo.children()) >= 2, OPEN_WITHIN)
    children = demo.children()
    demo.process.send_signal(end)
    assert demo.wait() == 0
    assert len(children) >= 2
    assert gone(children)


def test_a_killed_demo_takes_its_processes_with_it(tmp_path: Path, demos: list[Demo]) -> None:
    demo = Demo(tmp_path)
    demos.append(demo)
    demo.wait_until_it_says("Ctrl-C ends everything")
    children = demo.children()
    demo.process.kill()
    assert len(children) == 4
    assert gone(children)


def test_a_taken_port_is_one_sentence_and_nothing_starts(tmp_path: Path, demos: list[Demo]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        demo = Demo(tmp_path, RAMAH_GATEWAY_PORT=str(holder.getsockname()[1]))
        demos.append(demo)
        assert demo.wait() == 1
    assert "for the gateway is taken by another program" in demo.all_said()
    assert "Traceback" not in demo.all_said()


def test_a_setting_that_is_no_number_is_one_sentence(tmp_path: Path, demos: list[Demo]) -> None:
    demo = Demo(tmp_path, RAMAH_GATEWAY_PORT="eighty")
    demos.append(demo)
    assert demo.wait() == 1
    assert "The setting RAMAH_GATEWAY_PORT is not usable" in demo.all_said()


def test_a_state_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, demos: list[Demo]) -> None:
    (tmp_path / "file").write_text("in the way")
    demo = Demo(tmp_path / "file" / "state")
    demos.append(demo)
    assert demo.wait() == 1
    assert "cannot be written" in demo.all_said()
    assert "Traceback" not in demo.all_said()
