"""Parcels, from where the shop keeps them: the Shipment Tracking extension's meta data or core's fulfillments."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timezone
from typing import Any

from bot.store.models import OrderState, Shipment, ShipmentState, ShippedItem
from bot.store.woocommerce.documents import Fulfillment, WooOrder
from bot.store.woocommerce.order_states import LEFT, utc

TRACKING_KEYS = ("_wc_shipment_tracking_items", "wc_shipment_tracking_items")
BEFORE = frozenset({OrderState.unpaid, OrderState.paid, OrderState.packed})


def tracked(order: WooOrder) -> list[Shipment]:
    """By the extension's meta data. It says nothing about items: one parcel holds everything, several are not told."""
    entries: object = next((value for value in map(order.meta, TRACKING_KEYS) if value), [])
    given = [entry for entry in (entries if isinstance(entries, list) else []) if isinstance(entry, dict)]
    whole = _everything(order) if len(given) == 1 else []
    return [
        Shipment(
            id=_text(entry, "tracking_id") or f"{order.id}-{index}",
            state=ShipmentState.in_transit,
            carrier=_text(entry, "custom_tracking_provider", "formatted_tracking_provider", "tracking_provider"),
            tracking_number=_text(entry, "tracking_number"),
            tracking_url=_link(_text(entry, "custom_tracking_link", "formatted_tracking_link", "ast_tracking_link")),
            items=whole,
            shipped_at=_from_unix(_text(entry, "date_shipped")),
        )
        for index, entry in enumerate(given, start=1)
    ]


def fulfilled(order: WooOrder, fulfillments: list[Fulfillment]) -> list[Shipment]:
    """A draft is packed; a fulfilled one has left."""
    lines = {line.id: line.quantity for line in order.line_items}
    return [
        Shipment(
            id=str(each.id),
            state=ShipmentState.in_transit if each.is_fulfilled else ShipmentState.packed,
            carrier=str(each.meta("_shipment_provider") or each.meta("_shipping_provider") or ""),
            tracking_number=str(each.meta("_tracking_number") or ""),
            tracking_url=_link(str(each.meta("_tracking_url") or "")),
            items=[
                ShippedItem(line_id=str(item["item_id"]), quantity=item["qty"])
                for item in each.meta("_items") or []
                if isinstance(item, dict) and item.get("item_id") in lines and int(item.get("qty", 0)) > 0
            ],
            shipped_at=utc(each.date_updated) if each.is_fulfilled else None,
        )
        for each in fulfillments
        if not each.date_deleted
    ]


def state_with(state: OrderState, shipments: list[Shipment], order: WooOrder) -> OrderState:
    """What the parcels say beyond the order's status."""
    if state not in BEFORE or not shipments:
        return state
    gone = [each for each in shipments if each.state is not ShipmentState.packed]
    if not gone:
        return OrderState.packed
    pieces = shipped_pieces(gone)
    known = all(each.items for each in gone)
    everything = all(pieces[item.line_id] >= item.quantity for item in _everything(order))
    return OrderState.partly_shipped if known and not everything else OrderState.shipped


def shipped_pieces(shipments: list[Shipment]) -> Counter[str]:
    """Pieces by line in parcels that have left."""
    pieces: Counter[str] = Counter()
    for shipment in shipments:
        if shipment.state is not ShipmentState.packed:
            for item in shipment.items:
                pieces[item.line_id] += item.quantity
    return pieces


def arrived(shipments: list[Shipment], state: OrderState, at: datetime | None) -> list[Shipment]:
    """The parcels of a delivered order are delivered themselves."""
    if state is not OrderState.delivered:
        return shipments
    here = {"state": ShipmentState.delivered, "delivered_at": at}
    return [each.copy(update=here) if each.state is ShipmentState.in_transit else each for each in shipments]


def has_left(state: OrderState) -> bool:
    return state in LEFT


def _everything(order: WooOrder) -> list[ShippedItem]:
    return [ShippedItem(line_id=str(line.id), quantity=line.quantity) for line in order.line_items if line.quantity > 0]


def _text(entry: dict[str, Any], *names: str) -> str:
    return next((str(entry[name]) for name in names if entry.get(name)), "")


def _link(given: str) -> str:
    return given if given.startswith(("https://", "http://")) else ""


def _from_unix(given: str) -> datetime | None:
    return datetime.fromtimestamp(int(given), timezone.utc) if given.isdecimal() else None
