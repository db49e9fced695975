"""An address counts as changed only when it is read again."""

from __future__ import annotations

import pytest

from bot.store.errors import Invalid, NotAllowed
from bot.store.models import Address
from bot.store.shopify.store import ShopifyStore
from tests.store.shopify.shop import Shop

NEW = Address(
    name="Siti Nurhaliza",
    line1="8 Jalan Tebrau",
    line2="Unit 5",
    district="Taman Pelangi",
    city="Johor Bahru",
    region="Johor",
    postcode="80400",
    country="MY",
    phone="+60123334444",
)


async def test_address_that_shopify_ignores_is_never_told_as_done(
    shop: Shop, store: ShopifyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.shopify.address_change.LOOKS", (0.0, 0.01))
    shop.ignores_addresses = True
    order = shop.add_order("unshipped")
    for _ in range(2):  # the refusal stands under its key
        with pytest.raises(NotAllowed, match="address_not_taken"):
            await store.change_address(order["id"], NEW, key="ignored")
    assert len([each for each in shop.seen if "orderUpdate" in each["query"]]) == 1


async def test_region_and_district_arrive(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("unshipped")
    changed = (await store.change_address(order["id"], NEW, key="johor")).shipping_address
    assert (changed.region, changed.line2, changed.name) == ("Johor", "Unit 5, Taman Pelangi", "Siti Nurhaliza")


async def test_region_that_shopify_does_not_know_is_named(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("unshipped")
    with pytest.raises(Invalid) as refused:
        await store.change_address(order["id"], NEW.copy(update={"region": "Narnia"}), key="narnia")
    assert refused.value.field == "region"


async def test_second_line_of_the_old_address_does_not_stay(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("unshipped")
    await store.change_address(order["id"], NEW, key="first")
    plain = NEW.copy(update={"line2": "", "district": ""})
    assert (await store.change_address(order["id"], plain, key="second")).shipping_address.line2 == ""


async def test_packed_parcel_goes_where_its_label_says(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("labelled")
    with pytest.raises(NotAllowed, match="already_packed"):
        await store.change_address(order["id"], NEW, key="labelled")
