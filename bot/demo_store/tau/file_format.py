"""The tau-retail file: products, users and orders, kept word for word."""

from __future__ import annotations

import json
from datetime import datetime

from pydantic import ValidationError

from bot.demo_store.books import Books, Document, StoredOrder
from bot.demo_store.tau import view
from bot.store.models import Case, CaseItem, CaseKind, CaseState
from bot.store.wire import to_json

REQUESTED = {
    "return requested": (CaseKind.return_, "return_items"),
    "exchange requested": (CaseKind.exchange, "exchange_items"),
}


def fill(books: Books, content: Document, now: datetime) -> None:
    """Store a file's content in empty books.

    Raises:
        ValueError: the content is not of this format; the sentence says where.
    """
    try:
        for position, (product_id, product) in enumerate(content["products"].items()):
            books.add_product(product_id, view.product_view(product).title, product, position)
        for position, (user_id, user) in enumerate(content["users"].items()):
            books.add_user(user_id, user, position)
        for position, body in enumerate(content["orders"].values()):
            order_id = view.our_id(body["order_id"])
            stored = StoredOrder(order_id, body, _notes(order_id, body, now))
            seen = view.order_view(stored, content["users"][body["user_id"]])
            books.add_order(stored, seen, position)
    except (AttributeError, KeyError, TypeError, ValidationError) as problem:
        raise ValueError(f"not a tau-retail file: {problem!r}") from problem


def content(books: Books) -> Document:
    """Everything the books hold, in the file's form; notes are not part of it."""
    return {
        "products": {body["product_id"]: body for body in books.products()},
        "users": {body["user_id"]: body for body in books.users()},
        "orders": {stored.body["order_id"]: stored.body for stored in books.orders()},
    }


def _notes(order_id: str, body: Document, now: datetime) -> Document:
    """The case of an order whose return or exchange stands in the file already; its time is not known there."""
    if body["status"] not in REQUESTED:
        return {}
    kind, field = REQUESTED[body["status"]]
    case = Case(
        id=f"{kind.value}-{order_id}",
        number=f"{body['order_id']}-{kind.value[0].upper()}",
        order_id=order_id,
        kind=kind,
        state=CaseState.requested,
        items=[CaseItem(line_id=line, quantity=1) for line in view.line_ids_of(body["items"], body[field])],
        created_at=now,
    )
    return {"cases": [json.loads(to_json(case))]}
