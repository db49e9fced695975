"""An order's money: what was paid, what went back, what is still owed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from html import unescape

from babel.numbers import get_currency_precision

from bot.store.models import Payment, PaymentKind, PaymentState
from bot.store.money import Money
from bot.store.woocommerce.documents import WooOrder, WooRefund
from bot.store.woocommerce.marks import CANCELLED
from bot.store.woocommerce.order_states import utc


def payments_of(order: WooOrder, refunds: list[WooRefund]) -> list[Payment]:
    """The payment, the refunds, and as a pending one what is still owed for an order that Ramah cancelled.

    WooCommerce knows one payment an order; cash on delivery and the like are none before they are paid.
    """
    if order.date_paid_gmt is None:
        return []
    blank = Payment(
        id=str(order.id),
        kind=PaymentKind.payment,
        method_id=order.payment_method,
        method=unescape(order.payment_method_title) or order.payment_method,
        amount=money(order.total, order.currency),
        at=utc(order.date_paid_gmt),
    )
    at = {refund.id: utc(refund.date_created_gmt) for refund in refunds}
    payments = [blank]
    for refund in order.refunds:
        amount = money(abs(refund.total), order.currency)
        made = {"id": str(refund.id), "kind": PaymentKind.refund, "amount": amount, "at": at.get(refund.id)}
        payments.append(blank.copy(update=made))
    owed = owed_of(order)
    if owed > 0 and order.status == "cancelled" and order.meta(CANCELLED):
        due = {"id": f"{order.id}-due", "kind": PaymentKind.refund, "state": PaymentState.pending, "at": None}
        payments.append(blank.copy(update={**due, "amount": money(owed, order.currency)}))
    return payments


def owed_of(order: WooOrder) -> Decimal:
    """What was paid and has not gone back."""
    paid = order.total if order.date_paid_gmt else Decimal(0)
    return paid - sum((abs(refund.total) for refund in order.refunds), Decimal(0))


def money(amount: Decimal, currency: str) -> Money:
    """Rounded to what the currency can pay: shops may calculate with more decimals."""
    unit = Decimal(1).scaleb(-get_currency_precision(currency))
    return Money(amount=amount.quantize(unit, ROUND_HALF_UP), currency=currency)
