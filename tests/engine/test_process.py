"""The engine as a process: how it starts, what it needs, what it says when it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.processes.ports import free_port
from tests.engine.conftest import BOT, PROJECT, Engine
from tests.until import until_it_answers


def run(*arguments: str, cwd: Path = PROJECT, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, env={**os.environ, **settings}, check=False, timeout=120
    )


def test_engine_is_small_and_says_nothing_while_all_is_well(start_engine: Callable[[int], Engine]) -> None:
    engine = start_engine(free_port())
    assert engine.process
    assert cpu_seconds(engine.process.pid) < 15  # not the clock's: other work on this machine is no fault of ours
    for i in range(50):
        engine.turn(f"c{i}", "1", "when are you open")
    status = Path(f"/proc/{engine.process.pid}/status").read_text()
    resident = int(status.split("VmRSS:")[1].split()[0])
    assert resident < 300 * 1024  # kB
    assert engine.log.read_text() == ""


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_engine_listens_to_this_machine_only(engine: Engine) -> None:
    listening = Path("/proc/net/tcp").read_text()
    assert f"0100007F:{engine.port:04X} 00000000:0000 0A" in listening
    assert f"00000000:{engine.port:04X} 00000000:0000 0A" not in listening


def test_missing_model_is_one_sentence(tmp_path: Path) -> None:
    done = run("-m", "bot.engine", "--model", str(tmp_path), RAMAH_ENGINE_KEY="k", RAMAH_STATE_DIR=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == f"There is no dialogue model at {tmp_path}: run `ramah train` first.\n"


def test_missing_key_is_one_sentence(tmp_path: Path, model: Path) -> None:
    done = run("-m", "bot.engine", "--model", str(model), RAMAH_ENGINE_KEY="", RAMAH_STATE_DIR=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == "RAMAH_ENGINE_KEY is not set: the gateway and Rasa need the same key.\n"


def test_taken_port_is_one_sentence(engine: Engine, tmp_path: Path) -> None:
    arguments = ["-m", "bot.engine", "--port", str(engine.port), "--model", str(engine.model)]
    done = run(*arguments, RAMAH_ENGINE_KEY="k", RAMAH_STATE_DIR=str(tmp_path / "new"))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {engine.port} cannot be listened to")
    assert done.stderr.count("\n") == 1


def test_broken_model_ends_the_process(tmp_path: Path) -> None:
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"not a model")
    port = str(free_port())
    done = run(
        *("-m", "bot.engine", "--port", port, "--model", str(broken)),
        RAMAH_ENGINE_KEY="k",
        RAMAH_STATE_DIR=str(tmp_path),
    )
    assert done.returncode == 1
    assert "could not be loaded" in done.stderr


@pytest.mark.parametrize("component", ["DIETClassifier", "rasa.core.policies.ted_policy.TEDPolicy"])
def test_trainer_who_names_a_tensorflow_component_reads_one_sentence(tmp_path: Path, component: str) -> None:
    kind = "policies" if component.endswith("Policy") else "pipeline"
    config = (BOT / "config.yml").read_text().replace(f"{kind}:\n", f"{kind}:\n  - name: {component}\n")
    (tmp_path / "config.yml").write_text(config)
    train = ["-m", "bot.engine.rasa_command", "train", "--config", str(tmp_path / "config.yml"), "--out", str(tmp_path)]
    done = run(*train, cwd=BOT, RAMAH_TENSORFLOW="0")
    assert done.returncode == 1
    name = component.rpartition(".")[2]
    assert f"{name} needs TensorFlow: pip install 'ramah[tensorflow]'" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_rasa_never_reports_home(tmp_path: Path) -> None:
    settings = tmp_path / ".config" / "rasa" / "global.yml"
    settings.parent.mkdir(parents=True)
    settings.write_text("metrics:\n  enabled: true\n  metrics_id: 1\n  date: 2024-01-01 00:00:00\n")
    code = (
        "from bot.engine.before_rasa import prepare; prepare(); import sys, rasa.telemetry as t; "
        "print(t.initialize_telemetry(), t.is_telemetry_enabled(), 'tensorflow' in sys.modules)"
    )
    done = run("-c", code, HOME=str(tmp_path), RASA_TELEMETRY_ENABLED="true", RAMAH_TENSORFLOW="0")
    assert done.stdout == "False False False\n", done.stderr


def test_rasas_own_command_serves_the_channel(model: Path, actions_port: int, tmp_path: Path) -> None:
    (tmp_path / "endpoints.yml").write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{actions_port}/webhook\n"
        "tracker_store:\n  type: bot.engine.tracker_store.TurnTrackerStore\n"
        "lock_store:\n  type: bot.engine.locks.ConversationLocks\n"
    )
    (tmp_path / "credentials.yml").write_text("bot.engine.channel.TurnChannel:\n")
    engine = Engine(model, actions_port, tmp_path)
    settings = {"RAMAH_ENGINE_KEY": "test-key", "RAMAH_STATE_DIR": str(tmp_path)}
    command = [
        sys.executable,
        "-m",
        "bot.engine.rasa_command",
        "run",
        "--model",
        str(model),
        "--interface",
        "127.0.0.1",
    ]
    with engine.log.open("wb") as log:
        engine.process = subprocess.Popen(
            [*command, "--port", str(engine.port)], cwd=tmp_path, stdout=log, stderr=log, env={**os.environ, **settings}
        )
    try:
        until_it_answers(f"{engine.http.base_url}health", engine.process, engine.log)
        answer = engine.turn("rasa-run", "1", "track order 1047").json()
        assert [reply["response"] for reply in answer["replies"]] == ["utter_tracked"]
        assert answer["state"]["slots"]["order_id"] == "o_1047"
    finally:
        engine.stop()
