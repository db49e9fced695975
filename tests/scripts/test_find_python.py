"""Set-up finds a Python 3.10 wherever it is, and says plainly when there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "find-python"
REAL = Path(sys.executable).resolve()


def executable(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine whose PATH holds the shell's own commands and no Python."""
    for name in ("sh", "echo", "dirname", "env"):
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / name).symlink_to(f"/bin/{name}")
    return tmp_path


def find(machine: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(machine / "bin"), "HOME": str(machine / "home")}
    return subprocess.run(["/bin/sh", SCRIPT], env=environment, capture_output=True, text=True, check=False)


def test_it_takes_the_one_on_path(machine: Path) -> None:
    (machine / "bin" / "python3.10").symlink_to(REAL)
    assert find(machine).stdout.strip() == str(machine / "bin" / "python3.10")


def test_it_is_not_fooled_by_a_pyenv_shim_of_an_unselected_version(machine: Path) -> None:
    executable(machine / "bin" / "python3.10", "echo 'pyenv: python3.10: command not found' >&2; exit 127")
    inside = machine / "home" / ".pyenv" / "versions" / "3.10.13" / "bin" / "python3.10"
    inside.parent.mkdir(parents=True)
    inside.symlink_to(REAL)
    assert find(machine).stdout.strip() == str(inside)


def test_it_asks_uv_when_there_is_no_other(machine: Path) -> None:
    executable(machine / "bin" / "uv", f'[ "$1 $2" = "python find" ] && echo {REAL}')
    assert find(machine).stdout.strip() == str(REAL)


def test_a_newer_default_python_is_not_taken(machine: Path) -> None:
    executable(machine / "bin" / "python3", "exit 1")
    found = find(machine)
    assert found.returncode == 1
    assert "Ramah needs Python 3.10" in found.stderr
    assert "pyenv install 3.10" in found.stderr
