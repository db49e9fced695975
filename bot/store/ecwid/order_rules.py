"""What may still be done with an order: Ecwid itself takes any status and any address at any time."""

from __future__ import annotations

from bot.store.case_check import check_items, check_refund_method
from bot.store.errors import Invalid, NotAllowed
from bot.store.models import CaseKind, CaseRequest, CaseState, Order, OrderState, Product

CLOSED = {CaseState.completed, CaseState.rejected}
OVER = {
    OrderState.cancelled: "already_cancelled",
    OrderState.returned: "already_returned",
    OrderState.delivered: "already_delivered",
    OrderState.shipped: "already_shipped",
    OrderState.partly_shipped: "already_shipped",
}


def check_still_here(order: Order) -> None:
    """Raises ``NotAllowed`` unless the order is alive and has not left."""
    if order.state in OVER:
        raise NotAllowed(OVER[order.state])


def check_case(order: Order, request: CaseRequest) -> None:
    """Raises ``NotAllowed`` or ``Invalid`` when there is nothing that such a case could be about."""
    if order.state in {OrderState.cancelled, OrderState.returned}:
        raise NotAllowed(OVER[order.state])
    if order.state not in OVER:
        raise NotAllowed("not_shipped")
    check_refund_method(order, request)
    if request.kind is CaseKind.lost_parcel:
        _check_whole_order(order, request)
    else:
        check_items(order, request.items)


def check_exchange(request: CaseRequest, products: dict[str, Product]) -> None:
    """``products`` by line id: the wished variants must be theirs, and to be had."""
    for item in request.items:
        variants = products[item.line_id].variants if item.line_id in products else []
        wished = next((each for each in variants if each.id == item.new_variant_id), None)
        if wished is None:
            raise Invalid("new_variant_id")
        if not wished.available or (wished.stock is not None and wished.stock < item.quantity):
            raise NotAllowed("out_of_stock")


def _check_whole_order(order: Order, request: CaseRequest) -> None:
    if request.items:
        raise Invalid("items")
    if any(case.kind is CaseKind.lost_parcel and case.state not in CLOSED for case in order.cases):
        raise NotAllowed("already_requested")
