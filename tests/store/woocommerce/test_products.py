"""The catalogue: variations, stock, prices, what is found and what is not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.store.errors import NotFound
from bot.store.woocommerce.plain_text import plain_text
from bot.store.woocommerce.store import WooStore
from tests.store.woocommerce.server import WooServer
from tests.store.woocommerce.shop import Shop


async def test_variations_are_the_variants_with_price_and_stock(store: WooStore, shop: Shop) -> None:
    shirt, cap = shop.products.values()
    black, green = shop.variations[shirt["id"]]
    green.update({"stock_status": "outofstock", "stock_quantity": 0})
    found = await store.product(str(shirt["id"]))
    assert [(each.id, each.options, each.available, each.stock) for each in found.variants] == [
        (str(black["id"]), {"Color": "Black"}, True, 50),
        (str(green["id"]), {"Color": "Green"}, False, 0),
    ]
    [alone] = (await store.product(str(cap["id"]))).variants
    assert (alone.id, alone.price.amount, alone.price.currency, alone.stock) == (
        str(cap["id"]),
        Decimal("12.50"),
        "MYR",
        None,
    )


async def test_description_is_text(store: WooStore, shop: Shop) -> None:
    found = await store.product(str(next(iter(shop.products))))
    assert found.description == "Linen shirt & more."


def test_words_of_html_stay_apart_and_scripts_are_no_words() -> None:
    assert plain_text("<ul><li>One</li><li>Two&nbsp;&lt;3</li></ul><script>alert(1)</script>") == "One Two <3"


async def test_what_can_be_ordered_though_it_is_not_there_has_no_count(store: WooStore, shop: Shop) -> None:
    cap = shop.products[sorted(shop.products)[1]]
    cap.update({"stock_quantity": -3, "stock_status": "onbackorder", "backorders_allowed": True})
    [alone] = (await store.product(str(cap["id"]))).variants
    assert (alone.available, alone.stock) == (True, None)


async def test_picture_that_is_gone_hides_neither_product_nor_order(store: WooStore, shop: Shop) -> None:
    shirt = next(iter(shop.products.values()))
    shirt["images"] = [{"id": 1, "src": False}]
    order = shop.add_order(products=list(shop.products.values()))
    order["line_items"][0]["image"] = []
    order["line_items"][1]["image"] = {"id": "", "src": False}
    assert (await store.product(str(shirt["id"]))).image == ""
    assert [line.image for line in (await store.get_order(str(order["id"]))).lines] == ["", ""]


async def test_product_without_a_price_has_nothing_to_sell(store: WooStore, shop: Shop) -> None:
    cap = shop.products[sorted(shop.products)[1]]
    cap["price"] = ""
    assert (await store.product(str(cap["id"]))).variants == []


async def test_draft_is_not_shown_and_hidden_product_is_not_found_by_words(store: WooStore, shop: Shop) -> None:
    shirt, cap = shop.products.values()
    cap["status"] = "draft"
    with pytest.raises(NotFound):
        await store.product(str(cap["id"]))
    assert [each.title for each in await store.list_products()] == ["Linen shirt"]
    shirt["catalog_visibility"] = "hidden"
    assert await store.find_products("linen") == []


async def test_big_catalogue_takes_a_request_a_hundred(store: WooStore, server: WooServer, shop: Shop) -> None:
    for index in range(118):
        shop.add_product(f"Mug {index}", variable=False)
    found = await store.list_products(limit=250)
    assert len({each.id for each in found}) == 120
    assert sum("orderby=popularity" in path for _, path, _ in server.asked) == 2
