"""Changing where an order goes, in WooCommerce's own form."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.store.errors import Invalid, NotSupported
from bot.store.models import Address
from bot.store.woocommerce.store import WooStore
from tests.store.woocommerce.server import WooServer
from tests.store.woocommerce.shop import Shop
from tests.store.woocommerce.test_money import staff_notes

NEW = Address(
    name="Siti binti Ali", line1="2 Jalan Baru", line2="Blok C", city="Kajang", region="Selangor", postcode="43000",
    country="MY",
)  # fmt: skip


async def test_address_is_written_as_woocommerce_keeps_it(store: WooStore, shop: Shop) -> None:
    order = shop.add_order()
    order["shipping"]["company"] = "Old Company"
    phone = order["shipping"]["phone"]
    await store.change_address(str(order["id"]), NEW, key="k")
    assert order["shipping"] == {
        "first_name": "Siti binti",
        "last_name": "Ali",
        "company": "",
        "address_1": "2 Jalan Baru",
        "address_2": "Blok C",
        "city": "Kajang",
        "state": "SGR",
        "postcode": "43000",
        "country": "MY",
        "phone": phone,
    }
    assert order["billing"]["address_1"] == "1 Jalan Merdeka"


async def test_staff_reads_where_it_went_before(store: WooStore, shop: Shop) -> None:
    order = shop.add_order()
    await store.change_address(str(order["id"]), NEW, key="k")
    [note] = staff_notes(shop, order["id"])
    assert "1 Jalan Merdeka" in note
    assert "total" not in note


async def test_region_is_told_by_its_name(store: WooStore, shop: Shop) -> None:
    order = shop.add_order()
    assert (await store.get_order(str(order["id"]))).shipping_address.region == "Kuala Lumpur"
    order["shipping"].update({"country": "BN", "state": "BM"})
    assert (await store.get_order(str(order["id"]))).shipping_address.region == "BM"


async def test_taxed_order_may_move_within_its_state(store: WooStore, shop: Shop) -> None:
    shop.tax_rates = {"KUL": Decimal("0.06")}
    order = shop.add_order()
    near = NEW.copy(update={"region": "kuala lumpur", "city": "Kuala Lumpur", "postcode": "50100"})
    changed = await store.change_address(str(order["id"]), near, key="k")
    assert (changed.shipping_address.postcode, changed.total.amount) == ("50100", Decimal(order["total"]))


async def test_one_word_is_a_name_too(store: WooStore, shop: Shop) -> None:
    order = shop.add_order()
    changed = await store.change_address(str(order["id"]), NEW.copy(update={"name": "Suharto"}), key="k")
    assert changed.shipping_address.name == "Suharto"


async def test_order_whose_tax_depends_on_the_place_is_left_to_a_person(
    store: WooStore, server: WooServer, shop: Shop
) -> None:
    shop.tax_rates = {"KUL": Decimal("0.06"), "SGR": Decimal("0.10")}
    order = shop.add_order()
    total = order["total"]
    with pytest.raises(NotSupported):
        await store.change_address(str(order["id"]), NEW, key="k")
    assert (order["total"], server.writes()) == (total, [])


async def test_staff_reads_that_woocommerce_calculated_another_total(store: WooStore, shop: Shop) -> None:
    order = shop.add_order()
    shop.tax_rates = {"SGR": Decimal("0.10")}  # since yesterday
    changed = await store.change_address(str(order["id"]), NEW, key="k")
    assert changed.total.amount == Decimal("35.50")
    [note] = staff_notes(shop, order["id"])
    assert "33.00 MYR" in note
    assert "35.50 MYR" in note


async def test_country_that_woocommerce_does_not_know_is_named(store: WooStore, shop: Shop) -> None:
    order = shop.add_order()
    brunei = NEW.copy(update={"country": "BN", "postcode": "BB3713", "region": ""})
    with pytest.raises(Invalid) as refused:
        await store.change_address(str(order["id"]), brunei, key="k")
    assert refused.value.field == "country"
