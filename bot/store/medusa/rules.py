"""What Medusa would let pass, or refuse in words: told before anything is sent."""

from __future__ import annotations

from bot.store.errors import NotAllowed
from bot.store.models import Order, OrderState, ShipmentState


def still_here(order: Order) -> None:
    """Raises ``NotAllowed`` unless the whole order is alive and unpacked.

    Medusa changes an order's address after it is packed, and even after it is shipped, but not the parcel's; and it
    cancels nothing that is packed. Both are for people in the warehouse then.
    """
    if order.state is OrderState.cancelled:
        raise NotAllowed("already_cancelled")
    if order.state is OrderState.returned:
        raise NotAllowed("already_returned")
    if order.state is OrderState.delivered:
        raise NotAllowed("already_delivered")
    if has_left(order) or order.state in (OrderState.shipped, OrderState.partly_shipped):
        raise NotAllowed("already_shipped")
    if order.state is OrderState.packed or order.shipments:
        raise NotAllowed("already_packed")


def has_left(order: Order) -> bool:
    """Whether any parcel is out of the warehouse, wherever it is now."""
    return any(shipment.state is not ShipmentState.packed for shipment in order.shipments)
