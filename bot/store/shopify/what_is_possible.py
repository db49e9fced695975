"""Whether an order can still be changed, in ``OrderApi``'s reasons."""

from __future__ import annotations

from bot.store.errors import NotAllowed
from bot.store.models import Order, OrderState, ShipmentState


def has_left(order: Order) -> bool:
    return any(parcel.state is not ShipmentState.packed for parcel in order.shipments)


def still_here(order: Order) -> None:
    """Raises ``NotAllowed`` unless nothing of the order was sent, or packed for the address that it has."""
    if order.state in {OrderState.cancelled, OrderState.returned, OrderState.delivered}:
        raise NotAllowed(f"already_{order.state.value}")
    if has_left(order):
        raise NotAllowed("already_shipped")
    if order.state is OrderState.packed:
        raise NotAllowed("already_packed")


def was_sent(order: Order) -> None:
    """Raises ``NotAllowed`` unless something of the order can come back."""
    if order.state in {OrderState.cancelled, OrderState.returned}:
        raise NotAllowed(f"already_{order.state.value}")
    if not has_left(order):
        raise NotAllowed("not_shipped")
