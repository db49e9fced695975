"""Other variants for an order not yet packed: once an order, the difference paid or refunded."""

from __future__ import annotations

from datetime import datetime

from bot.demo_store.books import Books
from bot.demo_store.ramah import book, catalogue
from bot.store.errors import Invalid, NotAllowed
from bot.store.models import ItemChange, Line, Order, OrderState, Payment, PaymentKind, PaymentState
from bot.store.money import Money


def change_items(
    books: Books, order_id: str, changes: list[ItemChange], payment_method_id: str | None, now: datetime
) -> Order:
    order = book.read(books, order_id)
    book.still_here(order)
    if order.state is OrderState.packed:
        raise NotAllowed("already_packed")
    if order.items_changed:
        raise NotAllowed("items_already_changed")
    wanted = {change.line_id: change.new_variant_id for change in changes}
    if not changes or len(wanted) < len(changes) or not set(wanted) <= {line.id for line in order.lines}:
        raise Invalid("changes")
    paid_with = _paid_with(order, payment_method_id)
    lines = [_changed(books, line, wanted[line.id]) if line.id in wanted else line for line in order.lines]
    nothing = Money(amount=order.total.amount * 0, currency=order.total.currency)
    difference = sum(
        (
            new.unit_price * new.quantity - old.unit_price * old.quantity
            for new, old in zip(lines, order.lines, strict=True)
        ),
        nothing,
    )
    for new, old in zip(lines, order.lines, strict=True):
        if new.variant_id != old.variant_id:
            catalogue.move_stock(books, old.product_id, old.variant_id, old.quantity)
            catalogue.move_stock(books, new.product_id, new.variant_id, -new.quantity)
    payments = [*order.payments, *_settlement(order, paid_with, difference, now)]
    return book.write(
        books,
        order.copy(
            update={"lines": lines, "total": order.total + difference, "payments": payments, "items_changed": True}
        ),
    )


def _changed(books: Books, line: Line, variant_id: str) -> Line:
    if variant_id == line.variant_id:
        raise Invalid("new_variant_id")
    variant = catalogue.wanted_variant(books, line.product_id, variant_id, line.quantity)
    return line.copy(
        update={
            "variant_id": variant["id"],
            "options": variant["options"],
            "unit_price": catalogue.price_of(variant, line.unit_price.currency),
        }
    )


def _paid_with(order: Order, method_id: str | None) -> Payment | None:
    """The payment whose method settles the difference; None for an order that is not paid yet."""
    received = [each for each in order.payments if each.kind is PaymentKind.payment]
    if method_id is None:
        return received[0] if received else None
    for payment in received:
        if payment.method_id == method_id:
            return payment
    raise Invalid("payment_method_id")


def _settlement(order: Order, paid_with: Payment | None, difference: Money, now: datetime) -> list[Payment]:
    if paid_with is None or difference.amount == 0 or order.state is OrderState.unpaid:
        return []
    kind = PaymentKind.payment if difference.amount > 0 else PaymentKind.refund
    return [
        Payment(
            id=f"{paid_with.id}-items",
            kind=kind,
            method_id=paid_with.method_id,
            method=paid_with.method,
            amount=Money(amount=abs(difference.amount), currency=difference.currency),
            state=PaymentState.pending,
            at=now,
        )
    ]
