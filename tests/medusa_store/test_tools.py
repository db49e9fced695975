"""What is missing on this machine is said in one plain sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.medusa_store import tools
from bot.processes.trouble import Trouble


def program(folder: Path, name: str, says: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with nothing in it, and no PostgreSQL beside it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tools, "POSTGRES_HOMES", tmp_path / "postgresql")
    return tmp_path


def test_no_node(path: Path) -> None:
    with pytest.raises(Trouble, match=r"^Medusa needs Node 20 or newer, and there is no `node` in PATH: install it\.$"):
        tools.find_tools()


@pytest.mark.parametrize("version", ["v18.20.4", "v9.1.0"])
def test_node_that_is_too_old(path: Path, version: str) -> None:
    program(path, "node", version)
    with pytest.raises(Trouble, match=f"is {version}: install a newer one"):
        tools.find_tools()


def test_no_npm(path: Path) -> None:
    program(path, "node", "v22.1.0")
    with pytest.raises(Trouble, match="there is no `npm` in PATH"):
        tools.find_tools()


def test_no_postgresql(path: Path) -> None:
    program(path, "node", "v20.20.2")
    program(path, "npm", "11")
    with pytest.raises(Trouble, match="initdb and pg_ctl are neither in PATH nor in"):
        tools.find_tools()


def test_the_newest_postgresql_outside_path_is_taken(path: Path) -> None:
    program(path, "node", "v20.20.2")
    program(path, "npm", "11")
    for version in ("9", "15", "16"):
        home = path / "postgresql" / version / "bin"
        home.mkdir(parents=True)
        for name in tools.POSTGRES_PROGRAMS if version != "16" else ("initdb",):  # 16: the client alone
            program(home, name, "")
    assert tools.find_tools().postgres == path / "postgresql" / "15" / "bin"


def test_a_postgresql_in_path(path: Path) -> None:
    for name in ("npm", *tools.POSTGRES_PROGRAMS):
        program(path, name, "")
    program(path, "node", "v24.0.0")
    assert tools.find_tools().postgres == path
