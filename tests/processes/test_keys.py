"""The keys of an installation: made once, private, different everywhere."""

from __future__ import annotations

from pathlib import Path

from bot.processes.keys import NAMES, keys_in


def test_keys_are_made_once_and_kept(tmp_path: Path) -> None:
    assert keys_in(tmp_path) == keys_in(tmp_path)


def test_only_the_owner_may_read_them(tmp_path: Path) -> None:
    keys_in(tmp_path)
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0


def test_two_installations_share_no_key(tmp_path: Path) -> None:
    one, other = keys_in(tmp_path / "one"), keys_in(tmp_path / "other")
    assert not {one[name] for name in NAMES} & {other[name] for name in NAMES}


def test_a_key_that_a_newer_version_needs_is_added_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text('{"engine_key": "kept"}')
    keys = keys_in(tmp_path)
    assert keys["engine_key"] == "kept"
    assert set(keys) == set(NAMES)
