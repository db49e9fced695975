"""Orders of Ramah's own format: the document is the model itself."""

from __future__ import annotations

import json

from bot.demo_store.books import Books, Document, StoredOrder
from bot.store.errors import NotAllowed
from bot.store.models import Order, OrderState, ShipmentState
from bot.store.wire import to_json


def read(books: Books, order_id: str) -> Order:
    return Order.parse_obj(books.order(order_id).body)


def stored(order: Order, notes: Document) -> StoredOrder:
    return StoredOrder(order.id, json.loads(to_json(order)), notes)


def write(books: Books, order: Order) -> Order:
    """Write a changed order; the notes about it stay."""
    books.put_order(stored(order, books.order(order.id).notes), order)
    return order


def has_left(order: Order) -> bool:
    """Whether any parcel is out of the warehouse, wherever it is now."""
    return any(shipment.state is not ShipmentState.packed for shipment in order.shipments)


def still_here(order: Order) -> None:
    """Raises ``NotAllowed`` unless the whole order is alive and still in the warehouse."""
    if order.state is OrderState.cancelled:
        raise NotAllowed("already_cancelled")
    if order.state is OrderState.returned:
        raise NotAllowed("already_returned")
    if order.state is OrderState.delivered:
        raise NotAllowed("already_delivered")
    if has_left(order) or order.state in (OrderState.shipped, OrderState.partly_shipped):
        raise NotAllowed("already_shipped")
