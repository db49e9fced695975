"""What Ecwid's two statuses of an order, of its payment and of its fulfilment, come to in Ramah's one.

The values are those of https://docs.ecwid.com/api-reference/rest-api/orders/order-statuses/search-order-statuses.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.store.models import OrderState, ShipmentState

CANCELLED = {"paymentStatus": "CANCELLED", "fulfillmentStatus": "WILL_NOT_DELIVER"}
PAID = {"PAID", "PARTIALLY_REFUNDED", "REFUNDED"}
CUSTOM = tuple(f"CUSTOM_FULFILLMENT_STATUS_{number}" for number in (1, 2, 3))

LEFT = {
    "SHIPPED": OrderState.shipped,
    "OUT_FOR_DELIVERY": OrderState.shipped,
    "DELIVERED": OrderState.delivered,
    "RETURNED": OrderState.returned,
}
PARCEL = {
    "SHIPPED": ShipmentState.in_transit,
    "OUT_FOR_DELIVERY": ShipmentState.out_for_delivery,
    "DELIVERED": ShipmentState.delivered,
    "RETURNED": ShipmentState.delivered,  # it came, and was brought back
}


def order_state(payment: str, fulfilment: str, custom: Mapping[str, OrderState]) -> OrderState:
    """``custom``: what the shop's own fulfilment statuses mean to it.

    A status that nobody explained stands as packed: somebody is at it, so nothing is promised and a person decides.
    """
    if payment == "CANCELLED" or fulfilment == "WILL_NOT_DELIVER":
        return OrderState.cancelled
    if fulfilment in LEFT:
        return LEFT[fulfilment]
    if fulfilment in custom:
        return custom[fulfilment]
    if payment == "REFUNDED":  # all the money went back, and nothing has left
        return OrderState.cancelled
    if fulfilment == "AWAITING_PROCESSING":
        return OrderState.paid if payment in PAID else OrderState.unpaid
    return OrderState.packed


def parcel_state(fulfilment: str, state: OrderState) -> ShipmentState:
    """Of the order's one parcel; a tracking number on an order that waits is a label on a parcel still here."""
    if fulfilment in PARCEL:
        return PARCEL[fulfilment]
    if state in {OrderState.shipped, OrderState.partly_shipped}:
        return ShipmentState.in_transit
    return ShipmentState.delivered if state is OrderState.delivered else ShipmentState.packed
