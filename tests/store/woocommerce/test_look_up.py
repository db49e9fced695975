"""Finding orders where numbers, ids and customers are WooCommerce's."""

from __future__ import annotations

import pytest

from bot.store.errors import NotFound
from bot.store.woocommerce.store import WooStore
from tests.store.woocommerce.conftest import email_of
from tests.store.woocommerce.server import WooServer
from tests.store.woocommerce.shop import Shop


async def test_order_is_found_by_the_number_that_a_plugin_gave_it(store: WooStore, shop: Shop) -> None:
    order = shop.add_order(number="KL-2024-0815")
    for typed in ("KL-2024-0815", "#kl 2024 0815", " kl–2024–0815 "):
        assert (await store.find_order(typed, email_of(order))).id == str(order["id"])


async def test_id_of_an_order_with_another_number_is_not_its_number(store: WooStore, shop: Shop) -> None:
    order = shop.add_order(number="KL-0815")
    with pytest.raises(NotFound):
        await store.find_order(str(order["id"]), email_of(order))


async def test_number_of_one_order_that_is_the_id_of_another_finds_the_one_the_shopper_means(
    store: WooStore, shop: Shop
) -> None:
    other = shop.add_order(number="B-1")
    order = shop.add_order(number=str(other["id"]))
    assert (await store.find_order(str(other["id"]), email_of(order))).id == str(order["id"])


async def test_search_that_brings_other_orders_opens_none_of_them(store: WooStore, shop: Shop) -> None:
    order = shop.add_order(number="A-77", email="same@example.com")
    shop.add_order(number="A-778", email="same@example.com")
    assert (await store.find_order("A-77", email_of(order))).number == "A-77"
    with pytest.raises(NotFound):
        await store.find_order("7", email_of(order))


async def test_email_typed_as_a_number_stands_in_no_url(store: WooStore, server: WooServer, shop: Shop) -> None:
    order = shop.add_order()
    with pytest.raises(NotFound):
        await store.find_order("aisyah@example.com", email_of(order))
    assert not any("aisyah" in path for _, path, _ in server.asked)


@pytest.mark.parametrize("status", ["trash", "checkout-draft"])
async def test_draft_of_the_checkout_and_what_is_in_the_bin_is_no_order(
    store: WooStore, shop: Shop, status: str
) -> None:
    order = shop.add_order(status)
    with pytest.raises(NotFound):
        await store.find_order(order["number"], email_of(order))
    with pytest.raises(NotFound):
        await store.get_order(str(order["id"]))


async def test_customer_sees_her_own_orders_newest_first(store: WooStore, shop: Shop) -> None:
    mine = [shop.add_order(customer_id=26) for _ in range(3)]
    shop.add_order(customer_id=27)
    found = await store.orders_of("26")
    assert [order.id for order in found] == [str(order["id"]) for order in reversed(mine)]
    assert {order.customer.id for order in found} == {"26"}
    assert len(await store.orders_of("26", limit=2)) == 2


@pytest.mark.parametrize("nobody", ["0", "", "00", "-1", "26 or 1", "²"])
async def test_customer_id_of_all_guests_lists_nobody_s_orders(store: WooStore, shop: Shop, nobody: str) -> None:
    shop.add_order()
    assert await store.orders_of(nobody) == []


async def test_long_history_is_read_page_by_page(store: WooStore, server: WooServer, shop: Shop) -> None:
    for _ in range(105):
        shop.add_order(customer_id=26)
    assert len({order.id for order in await store.orders_of("26", limit=200)}) == 105
    assert sum("customer=26" in path for _, path, _ in server.asked) == 2


async def test_order_that_ships_to_the_billing_address_has_that_postcode(store: WooStore, shop: Shop) -> None:
    order = shop.add_order()
    order["shipping"] = dict.fromkeys(order["shipping"], "")
    assert (await store.get_order(str(order["id"]))).shipping_address.postcode == "50000"


async def test_category_of_the_product_stands_on_the_line_and_is_asked_for_once(
    store: WooStore, server: WooServer, shop: Shop
) -> None:
    order = shop.add_order(products=list(shop.products.values()))
    for _ in range(2):
        found = await store.get_order(str(order["id"]))
        assert [line.category for line in found.lines] == ["Shirts", "Caps"]
    assert sum("_fields=id%2Ccategories" in path for _, path, _ in server.asked) == 1
