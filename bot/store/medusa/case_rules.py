"""Which cases are taken: told before anything is sent to Medusa."""

from __future__ import annotations

from collections import Counter

from bot.store.case_check import check_items, check_refund_method
from bot.store.errors import Invalid, NotAllowed
from bot.store.medusa.rules import has_left
from bot.store.models import CaseItem, CaseKind, CaseRequest, CaseState, Order, OrderState

LONGEST_NOTE = 2000
CLOSED = (CaseState.completed, CaseState.rejected)


def check_case(order: Order, request: CaseRequest) -> None:
    """Raises ``NotAllowed`` or ``Invalid``; stock is not looked at."""
    if order.state is OrderState.cancelled:
        raise NotAllowed("already_cancelled")
    if order.state is OrderState.returned:
        raise NotAllowed("already_returned")
    if not has_left(order):
        raise NotAllowed("not_shipped")
    if len(request.note) > LONGEST_NOTE:
        raise Invalid("note")
    if request.kind is CaseKind.lost_parcel:
        _check_lost(order, request)
    else:
        _check_items(order, request)
    check_refund_method(order, request)


def pieces(request: CaseRequest) -> Counter[str]:
    """How many of each line."""
    asked: Counter[str] = Counter()
    for item in request.items:
        asked[item.line_id] += item.quantity
    return asked


def all_that_left(order: Order) -> list[CaseItem]:
    """A lost parcel's items: all that was sent and is in no case yet."""
    left = {line.id: line.shipped_quantity - line.returned_quantity for line in order.lines}
    return [CaseItem(line_id=line_id, quantity=quantity) for line_id, quantity in left.items() if quantity > 0]


def _check_lost(order: Order, request: CaseRequest) -> None:
    if request.items:
        raise Invalid("items")
    reported = any(case.kind is CaseKind.lost_parcel and case.state not in CLOSED for case in order.cases)
    if reported or not all_that_left(order):
        raise NotAllowed("already_requested")


def _check_items(order: Order, request: CaseRequest) -> None:
    check_items(order, request.items)
    if request.kind is CaseKind.exchange and any(item.new_variant_id is None for item in request.items):
        raise Invalid("new_variant_id")
