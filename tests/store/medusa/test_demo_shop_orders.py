"""The demo shop in Medusa is, through the adapter, the demo shop: order for order and product for product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.demo_store.generator.fixed_orders import ANY_SEED, fixed_orders
from bot.demo_store.generator.shop_data import generate
from bot.demo_store.ramah.catalogue import product_view
from bot.store.medusa.store import MedusaStore
from bot.store.models import Order
from tests.store.medusa.platform import Medusa

pytestmark = pytest.mark.medusa

NAMED_ANEW = re.compile(r"(^|\.)(id|line_id)$")  # by Medusa
OTHERWISE = {".delivered_at"}  # the last parcel's in Medusa; the demo store has minutes of its own for it


@pytest.fixture
def day(medusa: Medusa) -> date:
    if "day" not in medusa.store:
        pytest.skip("this Medusa does not hold the demo shop")
    return date.fromisoformat(medusa.store["day"])


async def test_fixed_orders_are_the_demo_stores(store: MedusaStore, day: date) -> None:
    numbers = {order.number for order, _ in fixed_orders()}
    wanted = [Order.parse_obj(entry["order"]) for entry in generate(day, ANY_SEED)["orders"]]
    wanted = [order for order in wanted if order.number in numbers]
    assert len(wanted) == len(numbers)
    differences = []
    for order in wanted:
        seen = await store.get_order(f"ord_{order.number}")
        differences += _differences(order.number, order.dict(), seen.dict())
        assert [list(line.options) for line in seen.lines] == [list(line.options) for line in order.lines]
    assert differences == []


async def test_products_are_the_demo_stores_with_prices_and_stock(store: MedusaStore, day: date) -> None:
    wanted = {body["id"]: product_view(body) for body in generate(day, ANY_SEED)["products"]}
    seen = {product.id: product for product in await store.list_products(limit=200)}
    # Other tests of this room put products of their own beside them.
    assert {each: seen.get(each) for each, product in wanted.items() if seen.get(each) != product} == {}


def _differences(number: str, wanted: dict[str, Any], seen: dict[str, Any]) -> list[str]:
    before, after = dict(_flat(wanted)), dict(_flat(seen))
    return [
        f"{number}{part}: {before.get(part)} is {after.get(part)}"
        for part in sorted(before.keys() | after.keys())
        if before.get(part) != after.get(part) and not NAMED_ANEW.search(part) and part not in OTHERWISE
    ]


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _flat(each, f"{path}.{name}")
    elif isinstance(value, list):
        yield f"{path}.length", len(value)
        for index, each in enumerate(value):
            yield from _flat(each, f"{path}[{index}]")
    else:
        yield path, value
