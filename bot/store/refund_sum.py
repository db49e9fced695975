"""What a return pays back where the platform does not say: worked out, for staff decide in the end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision

from bot.store.models import CaseItem, CaseKind, Order, Wish
from bot.store.money import Money

WHOLE = frozenset({"IDR"})  # paid without the decimals that the Unicode data still gives it


def refund_of(order: Order, kind: CaseKind, wish: Wish | None, items: Sequence[CaseItem]) -> Money | None:
    """The items' price less their share of the order's discount; None where no money is asked for."""
    if kind is not CaseKind.return_ or wish not in {None, Wish.refund, Wish.store_credit}:
        return None
    prices = {line.id: line.unit_price.amount for line in order.lines}
    everything = sum((line.unit_price.amount * line.quantity for line in order.lines), Decimal(0))
    value = sum((prices[item.line_id] * item.quantity for item in items), Decimal(0))
    if everything:
        value -= order.discount.amount * value / everything
    return Money(amount=value.quantize(_unit(order.total.currency), ROUND_HALF_UP), currency=order.total.currency)


def _unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(0 if currency in WHOLE else -get_currency_precision(currency))
