"""The one state a shopper hears of an order, how late it is, and what has not left yet."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum

from bot.orders.next_step import shop_day, today
from bot.orders.policy import Policy
from bot.orders.verdict import JobData
from bot.store.models import Order, OrderState, Shipment, ShipmentState, TrackingEvent


class TrackState(str, Enum):
    """The one state a shopper hears; the most urgent when parcels differ."""

    unpaid = "unpaid"
    paid = "paid"
    packed = "packed"
    partly_shipped = "partly_shipped"
    in_transit = "in_transit"
    out_for_delivery = "out_for_delivery"
    failed_attempt = "failed_attempt"
    returned_to_sender = "returned_to_sender"
    lost = "lost"
    delivered = "delivered"
    cancelled = "cancelled"
    returned = "returned"


class ItemCount(JobData):
    line_id: str
    title: str
    options: dict[str, str]
    quantity: int
    image: str = ""


FINISHED = frozenset({OrderState.delivered, OrderState.cancelled, OrderState.returned})
ON_ITS_WAY = frozenset({ShipmentState.in_transit, ShipmentState.out_for_delivery, ShipmentState.failed_attempt})
_TROUBLE = (ShipmentState.lost, ShipmentState.returned_to_sender, ShipmentState.failed_attempt)
_MOVING = (ShipmentState.out_for_delivery, ShipmentState.in_transit)


def track_state(order: Order) -> TrackState:
    if order.state in {OrderState.unpaid, OrderState.cancelled, OrderState.returned}:
        return TrackState(order.state.value)
    parcels = {shipment.state for shipment in order.shipments}
    if order.state is OrderState.delivered:
        return TrackState.lost if ShipmentState.lost in parcels else TrackState.delivered
    trouble = next((state for state in _TROUBLE if state in parcels), None)
    return TrackState(trouble.value) if trouble else _state_on_the_way(order, parcels)


def _state_on_the_way(order: Order, parcels: set[ShipmentState]) -> TrackState:
    gone = parcels - {ShipmentState.packed}
    if order.state is OrderState.partly_shipped or (gone and unshipped_items(order)):
        return TrackState.partly_shipped
    moving = next((state for state in _MOVING if state in parcels), None)
    if moving:
        return TrackState(moving.value)
    if parcels == {ShipmentState.delivered}:
        return TrackState.delivered
    if order.state is OrderState.shipped:
        return TrackState.in_transit  # the store knows no parcels
    return TrackState(order.state.value)


def late_days(order: Order, policy: Policy, now: datetime) -> int:
    """Days past the promised day and its grace; without a promise, past the policy's usual time since the order."""
    if order.state in FINISHED or order.state is OrderState.unpaid or track_state(order) is TrackState.delivered:
        return 0
    due = due_on(order, policy)
    if due is None:
        return 0
    return max(0, (today(policy, now) - due).days - policy.late.grace_days)


def due_on(order: Order, policy: Policy) -> date | None:
    """The promised day, else the last day of the usual time; ``None`` when even the day of the order is unknown."""
    if order.promised_on is not None:
        return order.promised_on
    placed_on = shop_day(policy, order.placed_at)
    usual = timedelta(days=policy.late_after_days(order.shipping_address.country))
    return None if placed_on is None else placed_on + usual


def delivered_at(order: Order) -> datetime | None:
    """When the last parcel arrived, if all of them have."""
    if order.delivered_at is not None:
        return order.delivered_at
    if not order.shipments or any(shipment.state is not ShipmentState.delivered for shipment in order.shipments):
        return None
    times = [shipment.delivered_at for shipment in order.shipments]
    return max((at for at in times if at is not None), default=None)


def unshipped_items(order: Order) -> tuple[ItemCount, ...]:
    """Pieces that have not left yet; empty for an order that is finished."""
    if order.state in FINISHED:
        return ()
    left = []
    for line in order.lines:
        gone = max(line.shipped_quantity, _shipped_pieces(order, line.id))
        if order.state is OrderState.shipped and gone == 0:
            gone = line.quantity
        if line.quantity > gone:
            left.append(item_count(order, line.id, line.quantity - gone))
    return tuple(left)


def last_event(shipment: Shipment) -> TrackingEvent | None:
    return max(shipment.events, key=lambda event: event.at, default=None)


def quiet_days(shipment: Shipment, policy: Policy, now: datetime) -> int | None:
    """Days since the carrier was last heard of, for a parcel on its way."""
    if shipment.state not in ON_ITS_WAY:
        return None
    event = last_event(shipment)
    heard_on = shop_day(policy, event.at if event else shipment.shipped_at)
    return None if heard_on is None else max(0, (today(policy, now) - heard_on).days)


def _shipped_pieces(order: Order, line_id: str) -> int:
    return sum(
        item.quantity
        for shipment in order.shipments
        if shipment.state is not ShipmentState.packed
        for item in shipment.items
        if item.line_id == line_id
    )


def item_count(order: Order, line_id: str, quantity: int) -> ItemCount:
    line = next(line for line in order.lines if line.id == line_id)
    return ItemCount(line_id=line.id, title=line.title, options=line.options, quantity=quantity, image=line.image)
