"""The shop behind the test server: its orders and catalogue, and how it can be told to behave badly."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from tests.store.shopify.nodes import Node, connection
from tests.store.shopify.orders_made import make_order, stamp

TOKEN = "shpat_0123456789abcdef"
SCOPES = {
    "read_all_orders",
    "read_customers",
    "read_fulfillments",
    "read_inventory",
    "read_orders",
    "read_products",
    "read_returns",
    "write_orders",
    "write_returns",
}
COLOURS = ("Black", "White", "Sage")
PROVINCES = {"SGR": "Selangor", "KUL": "Kuala Lumpur", "JHR": "Johor"}
# https://shopify.dev/docs/api/usage/access-scopes#orders-permissions: the last 60 days without read_all_orders
VISIBLE = timedelta(days=60)


@dataclass
class Shop:
    """``available`` and ``restored``: points of the leaky bucket. ``job_takes``: seconds that a cancelling takes."""

    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    ignores_addresses: bool = False
    refund_of_cancel_fails: bool = False
    refuses_refunds: bool = False
    job_fails: bool = False
    hides_staff_notes: bool = False
    metafield_moves: int = 0  # how often another app writes the metafield just before we do
    job_takes: float = 0.05
    maximum: float = 20_000.0
    restored: float = 1_000.0  # a second
    available: float = 20_000.0
    orders: dict[str, Node] = field(default_factory=dict)
    products: list[Node] = field(default_factory=list)
    jobs: dict[str, Node] = field(default_factory=dict)
    refunds_by_key: dict[str, Node] = field(default_factory=dict)
    next_number: int = 1001
    when_parcels_are_read: Callable[[], object] = lambda: None
    seen: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.products = [_product(index) for index in range(1, 31)]

    def now(self) -> datetime:
        return datetime.now(timezone.utc)

    def add_order(self, kind: str, **changes: object) -> Node:
        order = make_order(self.next_number, self.products, kind, now=self.now())
        order.update(changes)
        self.next_number += 1
        self.orders[order["id"]] = order
        return order

    def visible(self, order_id: str) -> Node | None:
        order = self.orders.get(order_id)
        if order is None or ("read_all_orders" not in self.scopes and order["createdAt"] < stamp(self.now() - VISIBLE)):
            return None
        return order

    def search(self, query: str) -> list[Node]:
        """As loose as the real one: a name is found by any part of it, in any case."""
        visible = [order for order in self.orders.values() if self.visible(order["id"])]
        names = [name.lstrip("#").lower() for name in re.findall(r'name:"([^"]*)"', query)]
        customers = re.findall(r"customer_id:(\d+)", query)
        if names:
            return [order for order in visible if any(name in order["name"].lower() for name in names)]
        if customers:
            return [order for order in visible if order["customer"]["id"].endswith(f"/{customers[0]}")]
        raise AssertionError(f"a query that the adapter should not ask: {query}")

    def find_products(self, query: str) -> list[Node]:
        words = [word.lower() for word in re.findall(r'"([^"]+)"', query)]
        active = [each for each in self.products if each["status"] == "ACTIVE"]
        return [each for each in active if all(word in each["title"].lower() for word in words)]

    def job(self, job_id: str) -> Node | None:
        job = self.jobs.get(job_id)
        self.finish_jobs()
        return job

    def finish_jobs(self) -> None:
        for job in self.jobs.values():
            if not job["done"] and time.monotonic() >= job["_at"]:
                job["done"] = True
                job["_finish"]()


def _product(number: int) -> Node:
    titles = ("Linen Shirt", "Rattan Lamp", "Batik Scarf", "Canvas Tote", "Teak Tray", "Clay Mug")
    product: Node = {
        "id": f"gid://shopify/Product/{number}",
        "title": f"{titles[number % len(titles)]} {number}",
        "handle": f"product-{number}",
        "productType": "Home",
        "description": "Made by hand.",
        "status": "DRAFT" if number == 30 else "ACTIVE",
        "tags": ["final-sale"] if number == 29 else [],
        "onlineStoreUrl": f"https://shop.example/products/product-{number}",
        "featuredMedia": {
            "__typename": "MediaImage",
            "preview": {"image": {"url": f"https://cdn.example/p{number}.jpg"}},
        },
    }
    product["_variants"] = [_variant(product, number, index) for index in range(1 if number % 10 == 0 else 3)]
    product["variants"] = connection(lambda: product["_variants"])
    return product


def _variant(product: Node, number: int, index: int) -> Node:
    alone = number % 10 == 0
    option = {"name": "Title", "value": "Default Title"} if alone else {"name": "Colour", "value": COLOURS[index]}
    return {
        "id": f"gid://shopify/ProductVariant/{number * 10 + index}",
        "title": option["value"],
        "price": f"{20 + number}.90",
        "availableForSale": True,
        "inventoryQuantity": 500,
        "selectedOptions": [option],
        "product": product,
        "_product": product,
    }
