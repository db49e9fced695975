"""Where an order is: its state, how late, what happens next and when. Read only."""

from __future__ import annotations

from datetime import date, datetime

from bot.orders.next_step import NOTHING, NextStep, Step, next_step, shop_day, today
from bot.orders.policy import Policy
from bot.orders.track_state import (
    ItemCount,
    TrackState,
    delivered_at,
    item_count,
    last_event,
    late_days,
    quiet_days,
    track_state,
    unshipped_items,
)
from bot.orders.verdict import JobData
from bot.store.models import Order, OrderState, Shipment, ShipmentState, TrackingEvent


class ShipmentSummary(JobData):
    """One parcel; ``events`` newest first; ``quiet_days`` since the carrier's last word while it is on its way."""

    id: str
    state: ShipmentState
    carrier: str
    tracking_number: str
    tracking_url: str
    items: tuple[ItemCount, ...]
    last_event: TrackingEvent | None
    events: tuple[TrackingEvent, ...]
    shipped_on: date | None
    delivered_on: date | None
    quiet_days: int | None
    next_step: NextStep


class Tracking(JobData):
    """``late_days`` after the last promised day (0: not late); ``next_steps`` the soonest first."""

    order_id: str
    number: str
    state: TrackState
    late_days: int
    promised_on: date | None
    delivered_on: date | None
    shipments: tuple[ShipmentSummary, ...]
    unshipped: tuple[ItemCount, ...]
    next_steps: tuple[NextStep, ...]

    @property
    def offer_help(self) -> bool:
        """Something is wrong that the shopper did not have to say."""
        return self.late_days > 0 or self.state in {
            TrackState.failed_attempt,
            TrackState.returned_to_sender,
            TrackState.lost,
        }


_STEP_OF_SHIPMENT = {
    ShipmentState.packed: Step.hand_over,
    ShipmentState.in_transit: Step.deliver,
    ShipmentState.out_for_delivery: Step.deliver_today,
    ShipmentState.failed_attempt: Step.deliver_again,
    ShipmentState.lost: Step.trace_parcel,
    ShipmentState.returned_to_sender: Step.back_to_sender,
}
_STEP_OF_ORDER = {OrderState.unpaid: Step.pay, OrderState.paid: Step.pack, OrderState.packed: Step.hand_over}


def track(order: Order, policy: Policy, now: datetime) -> Tracking:
    state = track_state(order)
    shipments = tuple(_shipment(order, shipment, policy, now) for shipment in order.shipments)
    unshipped = unshipped_items(order)
    return Tracking(
        order_id=order.id,
        number=order.number,
        state=state,
        late_days=late_days(order, policy, now),
        promised_on=order.promised_on,
        delivered_on=shop_day(policy, delivered_at(order)),
        shipments=shipments,
        unshipped=unshipped,
        next_steps=_next_steps(order, state, shipments, policy, now),
    )


def _shipment(order: Order, shipment: Shipment, policy: Policy, now: datetime) -> ShipmentSummary:
    known = {line.id for line in order.lines}
    return ShipmentSummary(
        id=shipment.id,
        state=shipment.state,
        carrier=shipment.carrier,
        tracking_number=shipment.tracking_number,
        tracking_url=shipment.tracking_url,
        items=tuple(item_count(order, item.line_id, item.quantity) for item in shipment.items if item.line_id in known),
        last_event=last_event(shipment),
        events=tuple(sorted(shipment.events, key=lambda event: event.at, reverse=True)),
        shipped_on=shop_day(policy, shipment.shipped_at),
        delivered_on=shop_day(policy, shipment.delivered_at),
        quiet_days=quiet_days(shipment, policy, now),
        next_step=_shipment_step(order, shipment, policy, now),
    )


def _shipment_step(order: Order, shipment: Shipment, policy: Policy, now: datetime) -> NextStep:
    step = _STEP_OF_SHIPMENT.get(shipment.state)
    if step is None:
        return NOTHING
    this_day = today(policy, now)
    if step in {Step.trace_parcel, Step.back_to_sender, Step.hand_over}:
        return next_step(step, policy, this_day)
    event = last_event(shipment)
    heard_on = shop_day(policy, event.at if event else shipment.shipped_at) or this_day
    return _from(step, heard_on, order, policy, now)


def _from(step: Step, start: date, order: Order, policy: Policy, now: datetime) -> NextStep:
    """Counted from ``start``, where the parcel goes; a window already past is counted from today instead."""
    this_day = today(policy, now)
    address = order.shipping_address
    calendar = policy.calendar(address.country, address.region)
    expected = next_step(step, policy, start, calendar)
    if expected.latest is None or expected.latest < this_day:
        return next_step(step, policy, this_day, calendar)
    return NextStep(step=step, earliest=max(expected.earliest or this_day, this_day), latest=expected.latest)


def _next_steps(
    order: Order,
    state: TrackState,
    shipments: tuple[ShipmentSummary, ...],
    policy: Policy,
    now: datetime,
) -> tuple[NextStep, ...]:
    this_day = today(policy, now)
    if state in {TrackState.cancelled, TrackState.returned, TrackState.delivered}:
        return ()
    steps = {shipment.next_step for shipment in shipments if shipment.next_step.step is not Step.nothing}
    if order.state in _STEP_OF_ORDER and not steps:
        steps.add(next_step(_STEP_OF_ORDER[order.state], policy, this_day))
    elif state is TrackState.partly_shipped and unshipped_items(order):
        steps.add(next_step(Step.send_rest, policy, this_day))
    elif not steps and state is TrackState.in_transit:
        steps.add(_from(Step.deliver, this_day, order, policy, now))
    return tuple(sorted(steps, key=lambda step: (step.earliest or date.max, step.step.value)))
