"""What has moved of an order since it was last looked at; late news never takes a parcel a step back."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from bot.orders.track_state import TrackState, track_state
from bot.orders.verdict import JobData
from bot.store.models import Order, OrderState, Shipment, ShipmentState

Known = dict[str, str]  # shipment id -> its state; "" is the order as a whole
WHOLE = ""


class MoveState(str, Enum):
    """The steps that a shopper is told of."""

    packed = "packed"
    in_transit = "in_transit"
    out_for_delivery = "out_for_delivery"
    failed_attempt = "failed_attempt"
    lost = "lost"
    returned_to_sender = "returned_to_sender"
    delivered = "delivered"
    cancelled = "cancelled"
    returned = "returned"


class Move(JobData):
    """``shipment_ids``: the parcels that took this step; empty for the whole order."""

    state: MoveState
    shipment_ids: tuple[str, ...] = ()


_FAR = {
    MoveState.packed: 1,
    MoveState.in_transit: 2,
    MoveState.out_for_delivery: 3,
    MoveState.failed_attempt: 3,  # and then out for delivery again
    MoveState.lost: 4,
    MoveState.returned_to_sender: 4,
    MoveState.delivered: 5,
    MoveState.cancelled: 6,
    MoveState.returned: 6,
}
# Of a store that knows no parcels, or not yet.
_OF_ORDER = {
    OrderState.packed: MoveState.packed,
    OrderState.partly_shipped: MoveState.in_transit,
    OrderState.shipped: MoveState.in_transit,
    OrderState.delivered: MoveState.delivered,
    OrderState.cancelled: MoveState.cancelled,
    OrderState.returned: MoveState.returned,
}
_ENDED = frozenset({OrderState.cancelled, OrderState.returned})
_OVER = frozenset({TrackState.delivered, TrackState.cancelled, TrackState.returned})


def is_over(order: Order) -> bool:
    """Nothing more will move."""
    return track_state(order) in _OVER


def known_of(order: Order) -> Known:
    """What is to be remembered of the order, for ``moved`` to compare with."""
    return {key: state.value for key, state in _states(order).items()}


def moved(known: Mapping[str, str], order: Order) -> list[Move]:
    """The steps since ``known``, the least advanced first; parcels that took the same step are one."""
    steps: dict[MoveState, list[str]] = {}
    for key, state in _states(order).items():
        if _is_news(known.get(key, known.get(WHOLE)), state, at_least_further=key not in known):
            steps.setdefault(state, []).append(key)
    whole = len(order.shipments) < 2
    return [
        Move(state=state, shipment_ids=() if whole or WHOLE in keys else tuple(keys))
        for state, keys in sorted(steps.items(), key=lambda step: _FAR[step[0]])
    ]


def known_after(known: Mapping[str, str], order: Order) -> Known:
    """``known`` with what has moved; never a step back."""
    after = dict(known)
    for key, state in _states(order).items():
        if key not in known or _is_news(known[key], state):
            after[key] = state.value
    return after


def _is_news(known: str | None, state: MoveState, *, at_least_further: bool = False) -> bool:
    """``at_least_further``: a parcel not heard of before, which may be what is known of the order already."""
    if known is None:
        return True
    before = _FAR[MoveState(known)]
    return _FAR[state] > before or (not at_least_further and _FAR[state] == before and state.value != known)


def _states(order: Order) -> dict[str, MoveState]:
    whole = _OF_ORDER.get(order.state)
    if order.shipments and order.state not in _ENDED:
        return {shipment.id: _state_of(shipment, order) for shipment in order.shipments}
    return {} if whole is None else {WHOLE: whole}


def _state_of(shipment: Shipment, order: Order) -> MoveState:
    lost = shipment.state in {ShipmentState.lost, ShipmentState.returned_to_sender}
    if order.state is OrderState.delivered and not lost:
        return MoveState.delivered  # some stores close the order and forget its parcels
    return MoveState(shipment.state.value)
