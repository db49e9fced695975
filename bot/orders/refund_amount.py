"""How much money goes back: exact, in ``Decimal``, and never more than was paid."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision

from bot.orders.policy import Policy
from bot.store.models import CaseState, Order, PaymentKind, PaymentState
from bot.store.money import Money

OPEN_CASES = frozenset({CaseState.requested, CaseState.approved, CaseState.received})


def items_refund(order: Order, pieces: dict[str, int], policy: Policy) -> Money:
    """What the shopper paid for these pieces (line id to quantity), the order's discount shared out by price.

    Pieces that already went back (``Line.returned_quantity``) come first: whichever way an order is split into returns,
    the parts add up to exactly the whole.
    """
    currency = order.total.currency
    unit = unit_of(currency, policy)
    total = Decimal(0)
    for line in order.lines:
        wanted = pieces.get(line.id, 0)
        if wanted:
            paid = line_paid(order, line.id, policy)
            before = _share(paid, line.returned_quantity, line.quantity, unit)
            after = _share(paid, line.returned_quantity + wanted, line.quantity, unit)
            total += after - before
    return Money(amount=total, currency=currency)


def line_paid(order: Order, line_id: str, policy: Policy) -> Decimal:
    """The line's price less its share of the discount; all lines together give exactly the discounted sum."""
    unit = unit_of(order.total.currency, policy)
    gross = sum((line.unit_price.amount * line.quantity for line in order.lines), Decimal(0))
    net = max(Decimal(0), gross - abs(order.discount.amount))
    so_far = Decimal(0)
    for line in order.lines:
        until_here = so_far + line.unit_price.amount * line.quantity
        if line.id == line_id:
            return _share(net, until_here, gross, unit) - _share(net, so_far, gross, unit)
        so_far = until_here
    raise KeyError(line_id)


def paid_amount(order: Order) -> Money | None:
    """All money received; ``None`` when the store tells of no payment."""
    payments = [payment for payment in order.payments if payment.kind is PaymentKind.payment]
    if not payments:
        return None
    done = (payment.amount.amount for payment in payments if payment.state is PaymentState.done)
    return Money(amount=sum(done, Decimal(0)), currency=order.total.currency)


def refunded_amount(order: Order) -> Money:
    """Refunds sent or on their way, and those promised in cases that are still open."""
    sent = [
        payment.amount.amount
        for payment in order.payments
        if payment.kind is PaymentKind.refund and payment.state is not PaymentState.failed
    ]
    promised = [money.amount for _, money in promised_refunds(order)]
    return Money(amount=sum(sent + promised, Decimal(0)), currency=order.total.currency)


def promised_refunds(order: Order) -> list[tuple[str, Money]]:
    """(case number, amount) of open cases whose refund is not among the payments yet."""
    sent = [payment.amount for payment in order.payments if payment.kind is PaymentKind.refund]
    promised = []
    for case in order.cases:
        if case.refund is None or case.state not in OPEN_CASES:
            continue
        if case.refund in sent:
            sent.remove(case.refund)
        else:
            promised.append((case.number, case.refund))
    return promised


def refundable_amount(order: Order) -> Money:
    """The most that may still go back; for an order without known payments, of its total."""
    paid = paid_amount(order) or order.total
    left = paid.amount - refunded_amount(order).amount
    return Money(amount=max(Decimal(0), left), currency=paid.currency)


def unit_of(currency: str, policy: Policy) -> Decimal:
    """The smallest amount that is paid in a currency: a sen, a rupiah."""
    digits = 0 if currency in policy.shop.whole_amounts else get_currency_precision(currency)
    return Decimal(1).scaleb(-digits)


def percent_of(money: Money, percent: Decimal, policy: Policy) -> Money:
    amount = (money.amount * percent / 100).quantize(unit_of(money.currency, policy), ROUND_HALF_UP)
    return Money(amount=amount, currency=money.currency)


def _share(whole: Decimal, part: Decimal | int, of: Decimal | int, unit: Decimal) -> Decimal:
    """``whole * part / of`` rounded to ``unit``; exactly ``whole`` when the parts are complete."""
    if of in {0, part}:
        return whole
    return (whole * part / of).quantize(unit, ROUND_HALF_UP)
