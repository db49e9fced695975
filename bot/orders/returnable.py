"""Which pieces of an order may go back, until when, and why others may not."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.orders.next_step import shop_day, today
from bot.orders.policy import Fault, Policy
from bot.orders.verdict import Helper, JobData
from bot.store.models import Line, Order, OrderState, ShipmentState
from bot.store.money import Money


class ReturnableItem(JobData):
    """``quantity`` pieces may go back until ``until`` (``None``: delivered, nobody noted when).

    ``why_not`` when ``quantity`` is 0: not_delivered, already_returned, final_sale, category, window_over,
    no_delivery_date; ``helper`` says who can help then. ``undelivered`` pieces are still to come.
    """

    line_id: str
    product_id: str
    title: str
    options: dict[str, str]
    category: str
    image: str
    unit_price: Money
    quantity: int
    undelivered: int
    until: date | None = None
    why_not: str = ""
    helper: Helper = Helper.bot


def returnable_items(order: Order, policy: Policy, now: datetime, reason: str = "") -> list[ReturnableItem]:
    """One entry a line. Without a reason, what at least one of the shop's reasons would allow."""
    return [
        _item(order, line, policy, now, [reason] if reason else list(policy.returns.reasons)) for line in order.lines
    ]


def items_for(order: Order, policy: Policy, now: datetime, reasons: list[str]) -> list[ReturnableItem]:
    """Like ``returnable_items``, for any of several reasons."""
    return [_item(order, line, policy, now, reasons) for line in order.lines]


def delivered_pieces(order: Order, line: Line) -> int:
    if order.state in {OrderState.delivered, OrderState.returned}:
        return line.quantity
    arrived = sum(
        item.quantity
        for shipment in order.shipments
        if shipment.state is ShipmentState.delivered
        for item in shipment.items
        if item.line_id == line.id
    )
    return min(line.quantity, arrived)


def line_delivered_at(order: Order, line: Line) -> datetime | None:
    """When the line's last delivered piece came."""
    times = [
        shipment.delivered_at
        for shipment in order.shipments
        if shipment.state is ShipmentState.delivered and any(item.line_id == line.id for item in shipment.items)
    ]
    return max((at for at in times if at is not None), default=order.delivered_at)


def _item(order: Order, line: Line, policy: Policy, now: datetime, reasons: list[str]) -> ReturnableItem:
    delivered = delivered_pieces(order, line)
    left = max(0, delivered - line.returned_quantity)
    item = ReturnableItem(
        line_id=line.id,
        product_id=line.product_id,
        title=line.title,
        options=line.options,
        category=line.category,
        image=line.image,
        unit_price=line.unit_price,
        quantity=left,
        undelivered=line.quantity - delivered,
    )
    if delivered == 0:
        return item.copy(update={"why_not": "not_delivered"})
    if left == 0:
        return item.copy(update={"why_not": "already_returned", "helper": Helper.nobody})
    delivered_on = shop_day(policy, line_delivered_at(order, line))
    judged = [_under(item, line, delivered_on, code, policy) for code in reasons]
    this_day = today(policy, now)
    judged = [_late(each) if _out_of_time(each, this_day) else each for each in judged]
    return max(judged, key=lambda each: (each.quantity, each.until or date.max, each.helper is Helper.person))


def _under(item: ReturnableItem, line: Line, delivered_on: date | None, reason: str, policy: Policy) -> ReturnableItem:
    """As the reason's rules see it, the day aside; ``helper`` is who can help when the day is over."""
    rule = policy.returns.reasons[reason]
    if line.final_sale and not rule.final_sale:
        return item.copy(update={"quantity": 0, "helper": Helper.nobody, "why_not": "final_sale"})
    if policy.category(line.category) in policy.returns.never and not rule.any_category:
        return item.copy(update={"quantity": 0, "helper": Helper.nobody, "why_not": "category"})
    if delivered_on is None:
        helper = policy.returns.without_delivery_date
        no_date = {"quantity": 0, "helper": helper, "why_not": "no_delivery_date"}
        return item if helper is Helper.bot else item.copy(update=no_date)
    until = delivered_on + timedelta(days=policy.return_window_days(line.category, reason))
    helper = Helper.nobody if rule.fault is Fault.customer else policy.returns.out_of_time
    return item.copy(update={"until": until, "helper": helper})


def _out_of_time(item: ReturnableItem, this_day: date) -> bool:
    return item.until is not None and item.until < this_day and item.helper is not Helper.bot


def _late(item: ReturnableItem) -> ReturnableItem:
    return item.copy(update={"quantity": 0, "why_not": "window_over"})
