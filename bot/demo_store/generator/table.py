"""The page about the demo's fixed orders: ``python -m bot.demo_store.generator.table > docs/demo-orders.md``."""

from __future__ import annotations

import sys
from typing import TextIO

from bot.demo_store.generator.fixed_orders import fixed_orders

HEADINGS = ("Order", "State", "What is special", "Name", "Email", "Phone", "Postcode", "Customer")
INTRODUCTION = """# Orders of the demo shop

Made by `python -m bot.demo_store.generator.table`; do not edit by hand. These orders are the same in every generated
demo shop; only their dates move with the day on which it is made. All people are invented. About 250 more orders in
every state are made around them.
"""


def write_page(page: TextIO) -> None:
    page.write(INTRODUCTION + "\n" + _row(HEADINGS) + _row(["---"] * len(HEADINGS)))
    for order, about in fixed_orders():
        customer = order.customer
        signed_in = f"`{customer.id}`" if customer.id else "guest"
        contact = (customer.name, customer.email, customer.phone, order.shipping_address.postcode)
        page.write(_row((order.number, order.state.value, about, *contact, signed_in)))


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    write_page(sys.stdout)
