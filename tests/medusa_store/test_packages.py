"""Installing Medusa's packages: what goes wrong is said plainly, and half an installation is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.medusa_store.packages import installed_packages
from bot.medusa_store.places import SERVER, cache_folder
from bot.medusa_store.tools import Tools
from bot.processes.trouble import Trouble


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return cache_folder()


def tools_with_npm(folder: Path, script: str) -> Tools:
    npm = folder / "npm"
    npm.write_text(f"#!/bin/sh\n{script}\n")
    npm.chmod(0o755)
    return Tools(node=Path("/usr/bin/node"), npm=npm, postgres=folder)


def test_installed_once(tmp_path: Path) -> None:
    tools = tools_with_npm(tmp_path, f"mkdir node_modules; echo x >> {tmp_path}/calls")
    first = installed_packages(tools, tmp_path / "log")
    assert (first / "node_modules").is_dir()
    assert installed_packages(tools, tmp_path / "log") == first
    assert (tmp_path / "calls").read_text() == "x\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("npm error code ENOTFOUND", "npm cannot reach its registry, and Medusa is not installed yet"),
        ("npm error code EAI_AGAIN", "npm cannot reach its registry"),
        ("npm error ENOSPC: no space left on device", "The disk became full while npm installed Medusa"),
        ("npm error code EINTEGRITY", "npm could not install Medusa; its words are in"),
    ],
)
def test_npm_fails(tmp_path: Path, cache: Path, words: str, sentence: str) -> None:
    with pytest.raises(Trouble, match=sentence):
        installed_packages(
            tools_with_npm(tmp_path, f"mkdir node_modules; echo '{words}' >&2; exit 1"), tmp_path / "log"
        )
    assert not [each for each in cache.glob("packages-*") if each.suffix != ".part"]


def test_what_a_cut_off_installation_left_is_no_hindrance(tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        installed_packages(tools_with_npm(tmp_path, "mkdir node_modules; exit 1"), tmp_path / "log")
    assert installed_packages(tools_with_npm(tmp_path, "mkdir node_modules"), tmp_path / "log").is_dir()


def test_no_address_is_written_into_the_lock_file() -> None:
    entries = json.loads((SERVER / "package-lock.json").read_text())["packages"].values()
    assert not [entry["resolved"] for entry in entries if "://" in entry.get("resolved", "")]
