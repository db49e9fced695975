"""A mistake in the configuration is a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.config import StoreConfig, StoreConfigError
from bot.store.platforms import open_store
from bot.store.shopify.settings import Settings, read_settings

GOOD = StoreConfig(platform="shopify", url="https://shop.myshopify.com", key="shpat_x")


async def test_shop_with_its_token_opens(tmp_path: Path) -> None:
    opened = open_store(StoreConfig(platform="shopify", url=GOOD.url, key=GOOD.key, state_dir=tmp_path))
    await opened.close()


@pytest.mark.parametrize(
    ("url", "key", "options", "word"),
    [
        ("http://shop.myshopify.com", "k", {}, "https"),
        ("https://shop.myshopify.com/admin", "k", {}, "nothing behind"),
        ("shop", "k", {}, "myshopify"),
        (GOOD.url, "", {}, "token"),
        (GOOD.url, "k", {"refund": "allowed"}, "no Shopify option"),
        (GOOD.url, "k", {"refunds": "yes"}, '"none" or "allowed"'),
        (GOOD.url, "k", {"return_reason.damaged": "Not A Handle"}, "handle"),
    ],
)
def test_mistake_is_said_in_words(url: str, key: str, options: dict[str, str], word: str, tmp_path: Path) -> None:
    with pytest.raises(StoreConfigError, match=word):
        open_store(StoreConfig(platform="shopify", url=url, key=key, options=options, state_dir=tmp_path))


def test_options_become_settings() -> None:
    assert read_settings({}) == Settings()
    given = {"refunds": "allowed", "cases": "tags", "restock": "false", "return_reason.other": "arrived-late"}
    assert read_settings(given) == Settings(
        refunds=True, case_tags=True, restock=False, return_reasons={"other": "arrived-late"}
    )
