"""Preparing: what was kept is used, what a person did is kept, and an old shop is made anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.demo_store.generator.order_building import ZONE
from bot.medusa_store.prepare import prepare
from tests.medusa_store.running import RunningMedusa

pytestmark = pytest.mark.medusa

URL = "http://127.0.0.1:9"
TODAY = datetime.now(ZONE).date()


def placed(medusa: RunningMedusa, number: str) -> str:
    with medusa.admin() as admin:
        at: str = admin.get(f"/orders/ord_{number}", params={"fields": "created_at"}).json()["order"]["created_at"]
    return at[:10]


def state(folder: Path) -> dict[str, Any]:
    return prepare(folder, URL, lambda _: None).store


def test_a_second_preparation_takes_what_is_there(running: RunningMedusa, tmp_path: Path) -> None:
    """``running`` has filled the cache."""
    told: list[str] = []
    shop = prepare(tmp_path, URL, told.append)
    assert told == ["filling Medusa with the demo shop, kept from before"]
    told.clear()
    assert prepare(tmp_path, URL, told.append).store["secret_key"] == shop.store["secret_key"]
    assert told == []
    shop.cluster.remove()


def test_each_shop_has_keys_of_its_own(running: RunningMedusa, tmp_path: Path) -> None:
    shop = prepare(tmp_path, URL, lambda _: None)
    assert shop.store["secret_key"] != running.store["secret_key"]
    assert not set(shop.medusa.keys.values()) & set(running_keys(running).values())
    shop.cluster.remove()


def running_keys(running: RunningMedusa) -> dict[str, str]:
    import json  # noqa: PLC0415

    keys: dict[str, str] = json.loads((running.folder / "medusa" / "keys.json").read_text())
    return keys


def test_a_shop_of_yesterday_is_made_anew_unless_somebody_wrote_to_it(tmp_path: Path) -> None:
    yesterday = TODAY - timedelta(days=1)
    medusa = RunningMedusa(tmp_path, today=yesterday)
    old = placed(medusa, "1047")
    medusa.process.terminate()
    medusa.process.wait()
    first = state(tmp_path)
    medusa.store = first
    medusa.start()
    assert (first["day"], placed(medusa, "1047")) == (
        TODAY.isoformat(),
        (datetime.fromisoformat(old) + timedelta(1)).date().isoformat(),
    )
    with medusa.admin() as admin:
        answer: httpx.Response = admin.post("/orders/ord_1060/cancel", json={})
        assert answer.status_code == 200
    medusa.process.terminate()
    medusa.process.wait()
    tomorrow = prepare(tmp_path, URL, lambda _: None, TODAY + timedelta(days=1)).store
    assert tomorrow["day"] == TODAY.isoformat()
    medusa.start()
    medusa.stop()
