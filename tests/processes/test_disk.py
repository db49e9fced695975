"""A disk without room is named before anything is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.processes.disk import check_room
from bot.processes.trouble import Trouble


def test_a_folder_with_room_is_made(tmp_path: Path) -> None:
    check_room(tmp_path / "state" / "deep")
    assert (tmp_path / "state" / "deep").is_dir()


def test_a_disk_with_too_little_room_says_how_much_is_needed(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"The disk is full: [0-9]+ MB are free"):
        check_room(tmp_path, needed=2**60)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Trouble, match="cannot be written"):
        check_room(tmp_path / "file" / "state")
    assert os.listdir(tmp_path) == ["file"]
