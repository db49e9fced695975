"""The stored documents inside one transaction."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.demo_store.announcements import announce
from bot.demo_store.database import announcements, facts, orders, products, results, users
from bot.demo_store.proof import finding_columns, number_key
from bot.store.errors import NotFound
from bot.store.models import Order

Document = dict[str, Any]


class StoredOrder(NamedTuple):
    id: str
    body: Document
    notes: Document


class Books:
    """Reads and writes documents; what they mean is the shop's to say."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def order(self, order_id: str) -> StoredOrder:
        """Raises ``NotFound``."""
        row = self.connection.execute(
            select(orders.c.id, orders.c.body, orders.c.notes).where(orders.c.id == order_id)
        ).one_or_none()
        if row is None:
            raise NotFound
        return _stored_order(row)

    def id_of(self, id_or_number: str) -> str:
        """The id of an order that staff name either way; what is neither comes back as it is."""
        number = orders.c.number_key == number_key(id_or_number)
        row = self.connection.execute(select(orders.c.id).where((orders.c.id == id_or_number) | number)).first()
        return str(row.id) if row is not None else id_or_number

    def orders(self) -> list[StoredOrder]:
        rows = self.connection.execute(select(orders.c.id, orders.c.body, orders.c.notes).order_by(orders.c.position))
        return [_stored_order(row) for row in rows]

    def orders_of(self, customer_id: str, limit: int) -> list[StoredOrder]:
        """Newest first; where the format has no dates, last in the file first."""
        if not customer_id:  # guests' orders belong to nobody
            return []
        rows = self.connection.execute(
            select(orders.c.id, orders.c.body, orders.c.notes)
            .where(orders.c.customer_id == customer_id)
            .order_by(orders.c.placed_at.desc(), orders.c.position.desc())
            .limit(limit)
        )
        return [_stored_order(row) for row in rows]

    def add_order(self, stored: StoredOrder, view: Order, position: int) -> None:
        self.connection.execute(insert(orders), {"id": stored.id, "position": position, **_columns(stored, view)})

    def put_order(self, stored: StoredOrder, view: Order) -> None:
        """Write a changed order; ``view`` is what the world sees of it and finds it by."""
        self.connection.execute(update(orders).where(orders.c.id == stored.id).values(**_columns(stored, view)))
        announce(self.connection, stored.id)

    def product(self, product_id: str) -> Document:
        """Raises ``NotFound``."""
        body = self.connection.execute(select(products.c.body).where(products.c.id == product_id)).scalar_one_or_none()
        if body is None:
            raise NotFound
        return _document(body)

    def products(self) -> list[Document]:
        rows = self.connection.execute(select(products.c.body).order_by(products.c.position))
        return [_document(body) for body in rows.scalars()]

    def add_product(self, product_id: str, title: str, body: Document, position: int) -> None:
        self.connection.execute(
            insert(products), {"id": product_id, "title": title, "body": _text(body), "position": position}
        )

    def put_product(self, product_id: str, body: Document) -> None:
        self.connection.execute(update(products).where(products.c.id == product_id).values(body=_text(body)))

    def user(self, user_id: str) -> Document:
        """Raises ``NotFound``."""
        body = self.connection.execute(select(users.c.body).where(users.c.id == user_id)).scalar_one_or_none()
        if body is None:
            raise NotFound
        return _document(body)

    def users(self) -> list[Document]:
        rows = self.connection.execute(select(users.c.body).order_by(users.c.position))
        return [_document(body) for body in rows.scalars()]

    def add_user(self, user_id: str, body: Document, position: int) -> None:
        self.connection.execute(insert(users), {"id": user_id, "body": _text(body), "position": position})

    def put_user(self, user_id: str, body: Document) -> None:
        self.connection.execute(update(users).where(users.c.id == user_id).values(body=_text(body)))

    def fact(self, name: str) -> str:
        """A fact about the whole store ("format"); empty when unknown."""
        value = self.connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar_one_or_none()
        return str(value or "")

    def set_fact(self, name: str, value: str) -> None:
        self.connection.execute(delete(facts).where(facts.c.name == name))
        self.connection.execute(insert(facts).values(name=name, value=value))

    def next_number(self, name: str, first: int) -> int:
        """The next of a gapless series, ``first`` to begin with."""
        number = int(self.fact(name) or first)
        self.set_fact(name, str(number + 1))
        return number

    def written(self) -> bool:
        """Whether any write was asked of this store since it was filled."""
        return bool(self.connection.execute(select(func.count()).select_from(results)).scalar_one())

    def clear(self) -> None:
        for table in (facts, orders, products, users, results, announcements):
            self.connection.execute(delete(table))


def _stored_order(row: Any) -> StoredOrder:
    return StoredOrder(row.id, _document(row.body), _document(row.notes))


def _columns(stored: StoredOrder, view: Order) -> dict[str, str]:
    return {**finding_columns(view), "body": _text(stored.body), "notes": _text(stored.notes)}


def _text(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False)


def _document(text: str) -> Document:
    document: Document = json.loads(text)
    return document
