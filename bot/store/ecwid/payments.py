"""What Ecwid tells of an order's money: a payment status, the refunds that were made, and no more."""

from __future__ import annotations

from datetime import datetime, timezone
from decimal import Decimal

from bot.store.ecwid import staff_notes, states
from bot.store.ecwid.documents import EcwidOrder
from bot.store.models import Payment, PaymentKind
from bot.store.money import Money

DATE = "%Y-%m-%d %H:%M:%S %z"  # 2024-09-04 07:22:09 +0000


def payments_of(order: EcwidOrder, currency: str) -> list[Payment]:
    """Ecwid forgets with CANCELLED whether an order was paid; the line in the notes of an order that Ramah cancelled
    remembers it, so that a refund which is still due is not forgotten too."""
    cancelled = staff_notes.cancelled(order.privateAdminNotes)
    was = cancelled[1] if order.paymentStatus == "CANCELLED" and cancelled else order.paymentStatus
    method = order.paymentMethod or order.paymentModule or ""
    refunds = _refunds(order)
    if was not in states.PAID and not refunds:
        return []
    paid = Payment(
        id=f"{order.id}-payment",
        kind=PaymentKind.payment,
        method_id=order.paymentModule or method or "payment",
        method=method,
        amount=Money(amount=order.total, currency=currency),
        at=datetime.fromtimestamp(order.createTimestamp, timezone.utc),
    )
    back = [
        paid.copy(
            update={
                "id": f"{order.id}-refund-{number}",
                "kind": PaymentKind.refund,
                "amount": Money(amount=amount, currency=currency),
                "at": at,
            }
        )
        for number, (amount, at) in enumerate(refunds, 1)
    ]
    return [paid, *back]


def _refunds(order: EcwidOrder) -> list[tuple[Decimal, datetime | None]]:
    made = [(refund.amount, _time(refund.date)) for refund in order.refunds or [] if refund.amount]
    if made:
        return [(amount, at) for amount, at in made if amount is not None]
    if order.refundedAmount:
        return [(order.refundedAmount, None)]
    return [(order.total, None)] if order.paymentStatus == "REFUNDED" else []


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.strptime(text or "", DATE).astimezone(timezone.utc)
    except ValueError:
        return None
