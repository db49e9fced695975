"""Cancelling: the whole order, before anything has left; what was paid goes back the way it came."""

from __future__ import annotations

from datetime import datetime

from bot.demo_store.books import Books
from bot.demo_store.ramah import book, catalogue
from bot.store.errors import Invalid
from bot.store.models import Order, OrderState, Payment, PaymentKind, PaymentState

LONGEST_REASON = 200


def cancel(books: Books, order_id: str, reason: str, now: datetime) -> Order:
    order = book.read(books, order_id)
    book.still_here(order)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid("reason")
    for line in order.lines:
        catalogue.move_stock(books, line.product_id, line.variant_id, line.quantity)
    cancelled = order.copy(
        update={
            "state": OrderState.cancelled,
            "cancelled_at": now,
            "shipments": [],
            "payments": [*order.payments, *_refunds(order, now)],
        }
    )
    return book.write(books, cancelled)


def _refunds(order: Order, now: datetime) -> list[Payment]:
    """One pending refund a payment received; the bank takes its days."""
    received = [
        payment
        for payment in order.payments
        if payment.kind is PaymentKind.payment and payment.state is PaymentState.done
    ]
    return [
        payment.copy(
            update={"id": f"{payment.id}-refund", "kind": PaymentKind.refund, "state": PaymentState.pending, "at": now}
        )
        for payment in received
    ]
