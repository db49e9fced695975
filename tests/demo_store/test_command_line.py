"""``python -m bot.demo_store`` as a person or the supervisor types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import httpx
import pytest

from bot.demo_store.files import dump_file, fill_if_empty, load_file
from tests.demo_store.process import ROOT, start_demo_store

TODAY = date(2026, 3, 2)


def run(*arguments: str | Path, key: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.demo_store", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        env={**os.environ, "RAMAH_STORE_KEY": key},
    )


def shop_file(folder: Path) -> Path:
    """The demo shop in the database one.db and dumped from there to shop.json."""
    fill_if_empty(folder / "one.db", TODAY)
    dump_file(folder / "shop.json", "ramah", folder / "one.db")
    return folder / "shop.json"


def test_empty_database_is_filled_and_dumped_without_a_server(tmp_path: Path) -> None:
    done = run("--db", tmp_path / "new.db", "--dump", tmp_path / "out.json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["orders"]) >= 240


def test_dump_loads_into_another_database_without_loss(tmp_path: Path) -> None:
    first, second = shop_file(tmp_path), tmp_path / "second.json"
    done = run("--db", tmp_path / "two.db", "--load", first, "--dump", second, "--format", "ramah")
    assert done.returncode == 0, done.stderr
    assert json.loads(first.read_text(encoding="utf-8")) == json.loads(second.read_text(encoding="utf-8"))


def test_server_keeps_its_data_over_a_restart_with_the_same_command(tmp_path: Path) -> None:
    store = start_demo_store(tmp_path, None, "--load", str(shop_file(tmp_path)), "--format", "ramah")
    try:
        _cancel(store.url, store.key)
        store.kill()
        store.start_again()
        assert store.order("1060")["state"] == "cancelled"
    finally:
        store.stop()


def test_untouched_demo_shop_is_made_anew_on_another_day_and_a_touched_one_is_kept(tmp_path: Path) -> None:
    store = start_demo_store(tmp_path, TODAY)
    try:
        first = store.order("1060")["placed_at"]
        store.stop()
        store.arguments = ("--today", "2026-03-09")
        store.start_again()
        fresh = store.order("1060")["placed_at"]
        _cancel(store.url, store.key)
        store.stop()
        store.arguments = ("--today", "2026-03-20")
        store.start_again()
        kept = store.order("1060")
    finally:
        store.stop()
    assert first[:10] == "2026-03-01"
    assert fresh[:10] == "2026-03-08"
    assert (kept["placed_at"], kept["state"]) == (fresh, "cancelled")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--port", "1"), "RAMAH_STORE_KEY"),
        (("--db", "{folder}/broken.json", "--dump", "{folder}/out.json"), "cannot be used as the store's database"),
        (("--load", "{folder}/missing.json", "--format", "ramah"), "missing.json"),
        (("--load", "{folder}/broken.json", "--format", "ramah"), "not a JSON file"),
        (("--load", "{folder}/other.json", "--format", "ramah"), "not a Ramah store file"),
        (("--load", "{folder}/other.json", "--format", "tau-retail"), "not a tau-retail file"),
        (("--dump", "{folder}/no/such/folder/out.json"), "no/such/folder"),
        (("--dump", "{folder}/out.json", "--format", "tau-retail"), "cannot be written as tau-retail"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    (tmp_path / "broken.json").write_text("{" * 5000, encoding="utf-8")
    (tmp_path / "other.json").write_text('{"products": [], "orders": []}', encoding="utf-8")
    done = run("--db", tmp_path / "store.db", *(each.format(folder=tmp_path) for each in arguments))
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_another_file_does_not_overwrite_a_store_by_accident(tmp_path: Path) -> None:
    shop_file(tmp_path)
    done = run("--db", tmp_path / "one.db", "--load", tmp_path / "shop.json", "--format", "ramah")
    assert done.returncode == 1
    assert "already holds another store" in done.stderr
    load_file(tmp_path / "shop.json", "ramah", tmp_path / "one.db")  # asked for outright, it does
    dump_file(tmp_path / "again.json", "ramah", tmp_path / "one.db")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "shop.json").read_bytes()


def test_failed_load_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    shop_file(tmp_path)
    half = json.loads((tmp_path / "shop.json").read_text(encoding="utf-8"))
    half["orders"][-1]["order"].pop("total")
    (tmp_path / "half.json").write_text(json.dumps(half), encoding="utf-8")
    with pytest.raises(ValueError, match="total"):
        load_file(tmp_path / "half.json", "ramah", tmp_path / "one.db")
    dump_file(tmp_path / "again.json", "ramah", tmp_path / "one.db")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "shop.json").read_bytes()


def test_database_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    shop_file(tmp_path)
    assert (tmp_path / "one.db").stat().st_mode & 0o077 == 0


def _cancel(url: str, key: str) -> None:
    answer = httpx.post(
        f"{url}/v1/orders/ord_1060/cancel",
        json={"reason": "changed_mind"},
        headers={"Authorization": f"Bearer {key}", "Idempotency-Key": "cancel-1060"},
        trust_env=False,
    )
    assert answer.status_code == 200
