"""More than Ecwid gives at a time: a hundred."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store.ecwid.store import EcwidStore
from bot.store.errors import NotFound
from bot.store.models import Proof, ProofKind
from tests.store.ecwid.platform import PLENTY
from tests.store.ecwid.server import TOKEN, EcwidShop
from tests.store.platform import PATIENT

ORDERS, PRODUCTS = 230, 250


@pytest.fixture(scope="module")
def big() -> Iterator[EcwidShop]:
    running = EcwidShop(PRODUCTS)
    for number in range(ORDERS):
        running.place(customerId=11 if number % 23 else 12)
    running.products[5]["enabled"] = False
    yield running
    running.stop()


@pytest.fixture
async def store(big: EcwidShop, tmp_path: Path) -> AsyncIterator[EcwidStore]:
    adapter = EcwidStore(big.url, TOKEN, tmp_path, PATIENT, per_minute=PLENTY)
    yield adapter
    await adapter.close()


async def test_signed_in_shopper_sees_the_newest_of_many_orders(big: EcwidShop, store: EcwidStore) -> None:
    theirs = [order["id"] for order in big.orders.values() if order["customerId"] == 11]
    shown = await store.orders_of("11", limit=5)
    assert [order.id for order in shown] == theirs[:-6:-1]
    assert len(await store.orders_of("11", limit=1000)) == len(theirs) == 220
    assert {order.customer.id for order in await store.orders_of("12", limit=100)} == {"12"}


@pytest.mark.parametrize("customer", ["", "nobody", "11,12", "11&limit=1", "１１", "-11"])
async def test_customer_id_that_is_no_number_has_no_orders(store: EcwidStore, customer: str) -> None:
    assert await store.orders_of(customer) == []


async def test_catalogue_is_read_past_its_first_hundred(big: EcwidShop, store: EcwidStore) -> None:
    listed = await store.list_products(limit=1000)
    assert [product.id for product in listed] == [str(each["id"]) for each in big.products if each["enabled"]]
    assert [product.id for product in await store.list_products(limit=120, offset=90)] == [
        product.id for product in listed[90:210]
    ]


async def test_hidden_product_is_not_offered_but_can_be_read(big: EcwidShop, store: EcwidStore) -> None:
    hidden = big.products[5]
    assert str(hidden["id"]) not in [product.id for product in await store.find_products(hidden["name"], limit=100)]
    product = await store.product(str(hidden["id"]))
    assert [variant.available for variant in product.variants] == [False]


async def test_beginnings_of_words_find_what_whole_words_do_not(store: EcwidStore) -> None:
    assert [product.title for product in await store.find_products("mug pattern10")] == ["Mug Pattern10"]
    assert {product.title for product in await store.find_products("mug pattern24", limit=20)} >= {"Mug Pattern241"}
    assert await store.find_products("*") == []


async def test_variations_have_their_own_price_stock_and_options(big: EcwidShop, store: EcwidStore) -> None:
    shirt, mug = await store.product(str(big.products[3]["id"])), await store.product(str(big.products[4]["id"]))
    assert [(each.options, str(each.price.amount), each.stock) for each in shirt.variants] == [
        ({"Size": size}, "21.5", 10) for size in ("S", "M", "L")
    ]
    assert [(each.id, str(each.price.amount), each.price.currency) for each in mug.variants] == [
        (mug.id, "19.9", "MYR")
    ]
    assert (shirt.category, mug.category, mug.description) == ("Shirts", "Gifts", "A mug pattern4 & more.")


async def test_search_that_finds_parts_of_ids_opens_only_the_whole_one(big: EcwidShop, store: EcwidStore) -> None:
    order = next(iter(big.orders.values()))
    proof = Proof(kind=ProofKind.email, value=order["email"])
    for typed in ("SALE-", "SALE", order["id"][-4:], order["id"][:-1], f"{order['id']},{order['id']}"):
        with pytest.raises(NotFound):
            await store.find_order(typed, proof)
    for typed in (order["id"].lower(), f"# {order['id']}", str(order["orderNumber"])):
        assert (await store.find_order(typed, proof)).id == order["id"]
