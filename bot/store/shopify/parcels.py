"""Fulfillments as parcels.

https://shopify.dev/docs/api/admin-graphql/2026-01/enums/FulfillmentDisplayStatus
https://shopify.dev/docs/api/admin-graphql/2026-01/enums/FulfillmentEventStatus
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.store.models import Shipment, ShipmentState, ShippedItem, TrackingEvent
from bot.store.shopify.parcel_shapes import Fulfillment, ParcelEvent

GONE = {"CANCELLED", "ERROR", "FAILURE"}  # of Fulfillment.status: nothing was sent
VOID = {"CANCELED", "LABEL_VOIDED"}
# Values of both enums. What is not here is on its way.
STATES = {
    "ATTEMPTED_DELIVERY": ShipmentState.failed_attempt,
    "CONFIRMED": ShipmentState.packed,  # the carrier knows of it and has not got it yet
    "DELIVERED": ShipmentState.delivered,
    "FAILURE": ShipmentState.failed_attempt,
    "LABEL_PRINTED": ShipmentState.packed,
    "LABEL_PURCHASED": ShipmentState.packed,
    "NOT_DELIVERED": ShipmentState.failed_attempt,
    "OUT_FOR_DELIVERY": ShipmentState.out_for_delivery,
    "PICKED_UP": ShipmentState.delivered,
    "READY_FOR_PICKUP": ShipmentState.out_for_delivery,
    "SUBMITTED": ShipmentState.packed,
}


def shipments(fulfillments: Sequence[Fulfillment]) -> list[Shipment]:
    live = [each for each in fulfillments if each.status not in GONE and each.display_status not in VOID]
    return [_shipment(each) for each in live]


def _shipment(parcel: Fulfillment) -> Shipment:
    state = STATES.get(parcel.display_status or "", ShipmentState.in_transit)
    tracking = parcel.tracking_info[0] if parcel.tracking_info else None
    return Shipment(
        id=parcel.id,
        state=state,
        carrier=(tracking.company if tracking else None) or "",
        tracking_number=(tracking.number if tracking else None) or "",
        tracking_url=(tracking.url if tracking else None) or "",
        items=[
            ShippedItem(line_id=line.line_item.id, quantity=line.quantity)
            for line in parcel.fulfillment_line_items.nodes
            if line.quantity
        ],
        events=[_event(each) for each in reversed(parcel.events.nodes)],
        shipped_at=None if state is ShipmentState.packed else parcel.created_at,
        delivered_at=parcel.delivered_at if state is ShipmentState.delivered else None,
    )


def _event(event: ParcelEvent) -> TrackingEvent:
    place = ", ".join(part for part in (event.city, event.province, event.country) if part)
    state = STATES.get(event.status, ShipmentState.in_transit)
    return TrackingEvent(at=event.happened_at, state=state, text=event.message or "", place=place)
