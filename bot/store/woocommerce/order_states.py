"""What an order's status means. WooCommerce knows ``completed``, but neither shipped nor delivered."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from bot.store.models import OrderState
from bot.store.woocommerce.documents import WooOrder
from bot.store.woocommerce.options import Completed, WooOptions

NO_ORDERS = frozenset({"trash", "checkout-draft", "auto-draft", "draft", "new"})
CORE = {
    "pending": OrderState.unpaid,
    "failed": OrderState.unpaid,
    "processing": OrderState.paid,
    "cancelled": OrderState.cancelled,
}
LEFT = frozenset({OrderState.partly_shipped, OrderState.shipped, OrderState.delivered, OrderState.returned})


class StateAt(NamedTuple):
    state: OrderState
    delivered_at: datetime | None = None


def is_order(order: WooOrder) -> bool:
    """Whether it is an order for a shopper: neither a draft of the checkout nor in the bin."""
    return order.status not in NO_ORDERS


def state_of(order: WooOrder, options: WooOptions, now: datetime) -> StateAt:
    """A status nobody told us about is "packed": it changes nothing by itself, a person looks."""
    if order.status in options.statuses:
        return StateAt(options.statuses[order.status])
    if order.status == "completed":
        return _completed(order, options, now)
    if order.status == "on-hold":  # waits for a payment to be confirmed, or for the staff after one
        return StateAt(OrderState.paid if order.date_paid_gmt else OrderState.unpaid)
    if order.status == "refunded":  # all money went back: after the goods had left, or instead of them
        return StateAt(OrderState.returned if order.date_completed_gmt else OrderState.cancelled)
    return StateAt(CORE.get(order.status, OrderState.packed))


def utc(given: datetime | None) -> datetime | None:
    """``*_gmt`` fields come without a zone."""
    if given is None:
        return None
    return given.replace(tzinfo=timezone.utc) if given.tzinfo is None else given.astimezone(timezone.utc)


def _completed(order: WooOrder, options: WooOptions, now: datetime) -> StateAt:
    completed = utc(order.date_completed_gmt)
    if options.completed is Completed.delivered:
        return StateAt(OrderState.delivered, completed)
    if options.delivered_after_days is not None and completed is not None:
        arrived = completed + timedelta(days=options.delivered_after_days)
        if arrived <= now:
            return StateAt(OrderState.delivered, arrived)
    return StateAt(OrderState.shipped)
