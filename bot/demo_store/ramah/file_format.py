"""Ramah's own file: products and orders, with the notes and numbers the store keeps beside them."""

from __future__ import annotations

from pydantic import ValidationError

from bot.demo_store.books import Books, Document, StoredOrder
from bot.demo_store.ramah.catalogue import product_view
from bot.store.models import Order

VERSION = 1
KEPT_FACTS = ("next_case_number",)


def fill(books: Books, content: Document) -> None:
    """Store a file's content in empty books.

    Raises:
        ValueError: the content is not of this format; the sentence says where.
    """
    if content.get("version") != VERSION:
        raise ValueError(f"not a Ramah store file of version {VERSION}")
    try:
        for position, body in enumerate(content["products"]):
            books.add_product(body["id"], product_view(body).title, body, position)
        for position, entry in enumerate(content["orders"]):
            order = Order.parse_obj(entry["order"])
            books.add_order(StoredOrder(order.id, entry["order"], entry.get("notes", {})), order, position)
    except (KeyError, TypeError, ValidationError) as problem:
        raise ValueError(f"not a Ramah store file: {problem}") from problem
    for name, value in content.get("facts", {}).items():
        books.set_fact(name, value)


def content(books: Books) -> Document:
    """Everything the books hold, in the file's form."""
    return {
        "version": VERSION,
        "facts": {name: books.fact(name) for name in KEPT_FACTS if books.fact(name)},
        "products": books.products(),
        "orders": [{"order": stored.body, "notes": stored.notes} for stored in books.orders()],
    }
