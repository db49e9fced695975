"""Each mistake in the configuration gets a sentence, before anything is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.config import StoreConfig, StoreConfigError
from bot.store.models import Ability, OrderState
from bot.store.platforms import open_store
from bot.store.woocommerce.options import Refunds, Tracking, options_of, url_of
from bot.store.woocommerce.store import WooStore

GOOD = {"platform": "woocommerce", "url": "https://shop.example.com", "key": "ck_1:cs_2"}
MISTAKES = {
    "plain http": ({"url": "http://shop.example.com"}, "https"),
    "no address": ({"url": "shop.example.com"}, "address"),
    "key in the address": ({"url": "https://shop.example.com?consumer_key=ck_1"}, "no key"),
    "half a key": ({"key": "ck_1"}, "ck_…:cs_…"),
    "halves swapped": ({"key": "cs_2:ck_1"}, "ck_…:cs_…"),
    "unknown option": ({"options": {"refund": "allowed"}}, "'refund'"),
    "unknown value": ({"options": {"refunds": "yes"}}, "by_person, allowed"),
    "unknown tracking": ({"options": {"tracking": "aftership"}}, "shipment-tracking"),
    "days in words": ({"options": {"delivered_after_days": "three"}}, "number of days"),
}


@pytest.mark.parametrize(("wrong", "words"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_gets_a_sentence(tmp_path: Path, wrong: dict[str, object], words: str) -> None:
    with pytest.raises(StoreConfigError, match=words) as told:
        open_store(StoreConfig(**{**GOOD, "state_dir": tmp_path, **wrong}))  # type: ignore[arg-type]
    assert str(told.value)[0].isupper()
    assert "cs_2" not in str(told.value)


async def test_good_configuration_opens_and_asks_nothing(tmp_path: Path) -> None:
    store = open_store(StoreConfig(**GOOD, options={"tracking": "shipment-tracking"}, state_dir=tmp_path))  # type: ignore[arg-type]
    assert isinstance(store, WooStore)
    assert Ability.tracking in await store.capabilities()
    assert Ability.change_items not in await store.capabilities()
    await store.close()


def test_options_are_read() -> None:
    options = options_of(
        StoreConfig(
            **GOOD,  # type: ignore[arg-type]
            options={
                "refunds": "allowed",
                "tracking": "fulfillments",
                "delivered_after_days": "4",
                "shipped_statuses": "shipped, wc-in-transit",
                "delivered_statuses": "delivered",
            },
        )
    )
    assert (options.refunds, options.tracking, options.delivered_after_days) == (
        Refunds.allowed,
        Tracking.fulfillments,
        4,
    )
    assert options.statuses == {
        "shipped": OrderState.shipped,
        "in-transit": OrderState.shipped,
        "delivered": OrderState.delivered,
    }


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
        ("http://localhost", "http://localhost"),
        ("https://example.com/shop/", "https://example.com/shop"),
        ("https://example.com/wp-json/", "https://example.com"),
    ],
)
def test_address_is_used_as_it_is_meant(given: str, used: str) -> None:
    assert url_of(StoreConfig(**{**GOOD, "url": given})) == used  # type: ignore[arg-type]


async def test_check_tells_what_the_shop_cannot_do(tmp_path: Path) -> None:
    store = open_store(StoreConfig(**GOOD, state_dir=tmp_path))  # type: ignore[arg-type]
    assert isinstance(store, WooStore)
    told = " ".join(await store.notes())
    for words in ("Read/Write", "No money moves", "cannot be tracked", "No order is ever delivered"):
        assert words in told
    await store.close()
