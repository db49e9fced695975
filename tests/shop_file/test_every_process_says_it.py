"""A mistake in the shop's file stops every process that would go by it, in the same words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMANDS = [
    ["bot.cli", "demo"],
    ["bot.cli", "serve"],
    ["bot.cli", "train"],
    ["bot.gateway"],
    ["actions"],
    ["bot.engine"],
]


def run(folder: Path, command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("RAMAH_")}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**clean, "PYTHONPATH": str(ROOT), "RAMAH_STATE_DIR": str(folder / "state"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_all_mistakes_are_said_and_the_exit_code_is_1(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "ramah.toml").write_text('[shop]\nnmae = "a"\n[store]\nkey_env = "NOT_SET_HERE"\n', "utf-8")
    done = run(tmp_path, command)
    assert done.returncode == 1
    assert "ramah.toml, line 2: [shop] has no 'nmae'; did you mean 'name'?" in done.stderr
    assert "ramah.toml, line 4: [store] key_env: the environment variable NOT_SET_HERE is not set." in done.stderr
    assert "Traceback" not in done.stderr


def test_ramah_check_names_them_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "domain.yml").write_text("intents: []\n", "utf-8")
    (tmp_path / "ramah.toml").write_text('[shop]\nnmae = "a"\n', "utf-8")
    done = run(tmp_path, ["bot.cli", "check", "--folder", str(tmp_path)])
    assert done.returncode == 1
    assert "ramah.toml:2: error: [shop] has no 'nmae'; did you mean 'name'?" in done.stdout
