"""What a shop's engineer may write into the configuration, and the sentence for what they may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.config import StoreConfig, StoreConfigError
from bot.store.medusa.options import Options, read_options


def config(key: str = "sk_1", url: str = "https://shop.example", **options: str) -> StoreConfig:
    return StoreConfig(platform="medusa", url=url, key=key, options=options, state_dir=Path("nowhere"))


def test_all_options_are_optional() -> None:
    assert read_options(config()) == Options()
    chosen = read_options(config(currency="myr", best_sellers_from="0", product_url="/p/{handle}"))
    assert (chosen.currency, chosen.best_sellers_from, chosen.product_url) == ("myr", 0, "/p/{handle}")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000", "http://medusa:9000", "http://10.0.0.7:9000"])
def test_own_network_may_do_without_https(url: str) -> None:
    assert read_options(config(url=url)) == Options()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (config(key=""), "secret API key"),
        (config(url=""), "address of its server"),
        (config(url="shop.example"), "address of its server"),
        (config(url="http://shop.example"), "by https"),
        (config(url="http://8.8.8.8:9000"), "by https"),
        (config(curency="myr"), "no option 'curency'"),
        (config(best_sellers_from="many"), "number of orders"),
        (config(product_url="/p/"), "handle"),
    ],
    ids=["key", "url", "no scheme", "http", "public address", "unknown", "number", "page"],
)
def test_mistake_is_a_sentence(wrong: StoreConfig, words: str) -> None:
    with pytest.raises(StoreConfigError, match=words):
        read_options(wrong)
