"""The orders that are the same in every generated demo shop: what tests, documents and the shop page name."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from bot.demo_store.generator.data_files import data
from bot.demo_store.generator.shop_data import generate
from bot.store.models import Order

ANY_DAY, ANY_SEED = date(2026, 1, 15), 1  # nothing told here depends on either


class FixedOrder(NamedTuple):
    order: Order
    about: str  # what is special about it


def fixed_orders() -> list[FixedOrder]:
    """In the order of their numbers' making."""
    about = {entry["number"]: entry["about"] for entry in data("personas")}
    orders = [Order.parse_obj(entry["order"]) for entry in generate(ANY_DAY, ANY_SEED)["orders"]]
    return [FixedOrder(order, about[order.number]) for order in orders if order.number in about]
