"""Opening the adapter from a shop's configuration: a sentence for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.config import StoreConfig, StoreConfigError
from bot.store.ecwid.store import EcwidStore
from bot.store.platforms import open_store
from tests.store.ecwid.server import TOKEN, EcwidShop

URL = "https://app.ecwid.com"


@pytest.mark.parametrize(
    ("url", "key", "options", "told"),
    [
        (URL, TOKEN, {}, "store_id"),
        (URL, TOKEN, {"store_id": "my shop"}, "store_id"),
        (URL, "", {"store_id": "1003"}, "token"),
        (URL, "public_B6mT2teCE55zT2jAeffLjzNJ4se3gfPj", {"store_id": "1003"}, "public"),
        ("http://app.ecwid.com", TOKEN, {"store_id": "1003"}, "https"),
        (URL, TOKEN, {"store_id": "1003", "shop": "x"}, "shop"),
        (URL, TOKEN, {"store_id": "1003", "requests_per_minute": "6000"}, "600"),
        (URL, TOKEN, {"store_id": "1003", "custom_fulfillment_status_1": "gone"}, "shipped"),
    ],
)
def test_mistake_is_named_and_no_key_is_told(
    tmp_path: Path, url: str, key: str, options: dict[str, str], told: str
) -> None:
    with pytest.raises(StoreConfigError, match=told) as mistake:
        open_store(StoreConfig("ecwid", url, key, options, tmp_path))
    assert not key or key not in str(mistake.value)


@pytest.mark.parametrize("tail", ["", "/", "/api/v3", "/api/v3/"])
async def test_shop_is_reached_however_its_url_is_written(shop: EcwidShop, tmp_path: Path, tail: str) -> None:
    base = shop.url.split("/api/v3", maxsplit=1)[0] + tail
    store = open_store(StoreConfig("ecwid", base, TOKEN, {"store_id": "1003"}, tmp_path))
    assert isinstance(store, EcwidStore)
    await store.try_key()
    await store.close()
