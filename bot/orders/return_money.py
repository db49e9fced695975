"""What a return does to the shopper's money, part by part."""

from __future__ import annotations

from collections.abc import Mapping

from bot.orders.exchange import exchange_difference
from bot.orders.policy import Policy
from bot.orders.refund_amount import items_refund, percent_of, refundable_amount
from bot.orders.refund_status import STORE_CREDIT, original_method
from bot.orders.return_rules import ReturnRequest, refund_methods
from bot.orders.returnable import delivered_pieces
from bot.orders.verdict import JobData
from bot.store.models import Order, Product, Wish
from bot.store.money import Money


class ReturnMoney(JobData):
    """``refund`` = ``items`` − ``restocking`` + ``delivery`` (an exchange: what the new one is cheaper by).

    ``items``: what was paid for the pieces, the order's discount taken off. ``to_pay``: what a dearer exchange costs.
    ``refund`` and ``to_pay`` are ``None`` when no money moves. ``capped``: earlier refunds left less than the rules
    would give. ``price_unknown``: nobody can say yet what an exchange costs. ``method``: where the refund goes, as the
    payment is called; empty when unknown.
    """

    items: Money
    restocking: Money
    delivery: Money
    refund: Money | None
    to_pay: Money | None
    method: str
    capped: bool = False
    price_unknown: bool = False


def return_money(order: Order, request: ReturnRequest, policy: Policy, products: Mapping[str, Product]) -> ReturnMoney:
    """Raises ``Refused`` (variant_needed, variant_unavailable) for an exchange that can't be."""
    nothing = Money(amount=order.total.amount * 0, currency=order.total.currency)
    items = items_refund(order, _pieces(request), policy)
    money = ReturnMoney(items=items, restocking=nothing, delivery=nothing, refund=None, to_pay=None, method="")
    if request.wish is Wish.replacement:
        return money
    if request.wish is Wish.exchange:
        difference = exchange_difference(order, request.items, products)
        if difference is None:
            return money.copy(update={"price_unknown": True})
        if difference.amount > 0:
            return money.copy(update={"to_pay": difference})
        if difference.amount == 0:
            return money
        wanted = nothing - difference
    else:
        rule = policy.returns.reasons[request.reason]
        restocking = percent_of(items, rule.restocking_percent, policy)
        delivery = order.shipping if rule.refund_delivery and _everything_goes_back(order, request) else nothing
        wanted = items - restocking + delivery
        money = money.copy(update={"restocking": restocking, "delivery": delivery})
    most = refundable_amount(order)
    refund, capped = (most, True) if wanted.amount > most.amount else (wanted, False)
    return money.copy(update={"refund": refund, "capped": capped, "method": _method(order, request)})


def _pieces(request: ReturnRequest) -> dict[str, int]:
    pieces: dict[str, int] = {}
    for item in request.items:
        pieces[item.line_id] = pieces.get(item.line_id, 0) + item.quantity
    return pieces


def _everything_goes_back(order: Order, request: ReturnRequest) -> bool:
    """All at once: a delivery charge is not paid back bit by bit."""
    pieces = _pieces(request)
    return all(pieces.get(line.id, 0) == line.quantity == delivered_pieces(order, line) for line in order.lines)


def _method(order: Order, request: ReturnRequest) -> str:
    if request.wish is Wish.store_credit:
        return STORE_CREDIT
    return dict(refund_methods(order)).get(request.refund_to or "", "") or original_method(order)
