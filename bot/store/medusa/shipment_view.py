"""Medusa's fulfilments as shipments; what its timestamps cannot say stands in the fulfilment's metadata."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from bot.store.medusa.raw_order import RawFulfillment, RawLabel
from bot.store.models import Shipment, ShipmentState, ShippedItem, TrackingEvent

LINKS = ("https://", "http://")  # Medusa wants some address where there is none: "#"


def shipment_view(raw: RawFulfillment, line_ids: dict[str, str]) -> Shipment:
    """``line_ids``: our line's id by Medusa's item id; other items (a replacement's) are no part of the order."""
    label = raw.labels[0] if raw.labels else RawLabel()
    events = [event for each in _dicts(raw.metadata.get("events")) if (event := _event(each))]
    events.sort(key=lambda event: event.at)
    return Shipment(
        id=raw.id,
        state=_state(raw, events),
        carrier=str(raw.metadata.get("carrier") or ""),
        tracking_number=label.tracking_number,
        tracking_url=label.tracking_url if label.tracking_url.startswith(LINKS) else "",
        items=[
            ShippedItem(line_id=line_ids[item.line_item_id], quantity=item.quantity)
            for item in sorted(raw.items, key=lambda item: item.line_item_id or "")
            if item.line_item_id in line_ids and item.quantity
        ],
        events=events,
        shipped_at=raw.shipped_at,
        delivered_at=raw.delivered_at,
    )


def _state(raw: RawFulfillment, events: list[TrackingEvent]) -> ShipmentState:
    """What the shop or its carrier wrote down, else the timestamps, else the last event."""
    told = raw.metadata.get("state")
    if told in {state.value for state in ShipmentState}:
        return ShipmentState(told)
    if raw.delivered_at is not None:
        return ShipmentState.delivered
    if raw.shipped_at is None:
        return ShipmentState.packed
    last = events[-1].state if events else ShipmentState.in_transit
    return ShipmentState.in_transit if last is ShipmentState.packed else last


def _event(told: dict[str, Any]) -> TrackingEvent | None:
    try:
        return TrackingEvent.parse_obj({name: told[name] for name in ("at", "state", "text", "place") if name in told})
    except ValidationError:  # written by people or by some carrier's plugin: what cannot be read is not shown
        return None


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
