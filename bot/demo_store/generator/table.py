"""The page about the demo's fixed orders: ``python -m bot.demo_store.generator.table > docs/demo-orders.md``."""

from __future__ import annotations

import sys
from datetime import date
from typing import TextIO

from bot.demo_store.generator.data_files import data
from bot.demo_store.generator.shop_data import generate
from bot.store.models import Order

ANY_DAY, ANY_SEED = date(2026, 1, 15), 1  # the page shows nothing that depends on either
HEADINGS = ("Order", "State", "What is special", "Name", "Email", "Phone", "Postcode", "Customer")
INTRODUCTION = """# Orders of the demo shop

Made by `python -m bot.demo_store.generator.table`; do not edit by hand. These orders are the same in every generated
demo shop; only their dates move with the day on which it is made. All people are invented. About 250 more orders in
every state are made around them.
"""


def write_page(page: TextIO) -> None:
    about = {entry["number"]: entry["about"] for entry in data("personas")}
    orders = [Order.parse_obj(entry["order"]) for entry in generate(ANY_DAY, ANY_SEED)["orders"]]
    page.write(INTRODUCTION + "\n" + _row(HEADINGS) + _row(["---"] * len(HEADINGS)))
    for order in orders:
        if order.number in about:
            customer, address = order.customer, order.shipping_address
            page.write(
                _row(
                    (
                        order.number,
                        order.state.value,
                        about[order.number],
                        customer.name,
                        customer.email,
                        customer.phone,
                        address.postcode,
                        f"`{customer.id}`" if customer.id else "guest",
                    )
                )
            )


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    write_page(sys.stdout)
