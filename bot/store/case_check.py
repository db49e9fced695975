"""What a case may be about: the order's own lines, and no more pieces than went out and are not in a case yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.store.errors import Invalid, NotAllowed
from bot.store.models import CaseItem, CaseRequest, Order, PaymentKind


def check_items(order: Order, items: Sequence[CaseItem]) -> None:
    asked: Counter[str] = Counter()
    for item in items:
        asked[item.line_id] += item.quantity
    lines = {line.id: line for line in order.lines}
    if not asked or not set(asked) <= set(lines):
        raise Invalid("items")
    for line_id, quantity in asked.items():
        line = lines[line_id]
        if line.shipped_quantity == 0:
            raise NotAllowed("not_shipped")
        if quantity > line.shipped_quantity - line.returned_quantity:
            raise NotAllowed("over_quantity")


def check_refund_method(order: Order, request: CaseRequest) -> None:
    paid = {payment.method_id for payment in order.payments if payment.kind is PaymentKind.payment}
    if request.refund_to is not None and request.refund_to not in paid:
        raise Invalid("refund_to")
