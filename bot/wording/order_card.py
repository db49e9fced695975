"""The cards that show an order and its parcels (docs/contracts.md, Cards)."""

from __future__ import annotations

from typing import Any

from bot.orders.track import ShipmentSummary, Tracking
from bot.store.models import Line, Order
from bot.wording.tongue import Speaks


def order_card(order: Order, tracking: Tracking, tongue: Speaks) -> dict[str, Any]:
    words, formats = tongue.words, tongue.formats
    card: dict[str, Any] = {
        "type": "order",
        "order_id": order.id,  # for the log, which keeps it from the shopper's page
        "number": order.number,
        "state": tracking.state.value,
        "state_label": words.text(f"track_state.{tracking.state.value}"),
        "late": tracking.late_days > 0,
        "total": formats.money(order.total),
        "items": [item(line, tongue) for line in order.lines],
        "shipments": [timeline(shipment, tongue) for shipment in tracking.shipments],
    }
    if tracking.late_days > 0:
        card["late_label"] = words.text("late", days=tracking.late_days)
    if order.placed_at:
        card["placed"] = formats.day_of(order.placed_at)
    if tracking.promised_on:
        card["promised"] = formats.day(tracking.promised_on)
    return card


def options_text(options: dict[str, str], tongue: Speaks) -> str:
    """ "Size: M, Colour: blue" in the reader's list style."""
    pairs = [
        tongue.words.text("option", name=tongue.words.label("option_name", name), value=value)
        for name, value in options.items()
    ]
    return tongue.words.text("between_options").join(pairs)


def parcel_news(tracking: Tracking, tongue: Speaks) -> str:
    """The carriers' latest news in one line a parcel."""
    lines = []
    for shipment in tracking.shipments:
        event = shipment.last_event
        if event is None:
            continue
        news = event.text or tongue.words.text(f"shipment_state.{event.state.value}")
        place = tongue.words.text("at_place", place=event.place) if event.place else ""
        at = tongue.formats.moment(event.at)
        lines.append(tongue.words.text("parcel_news", carrier=shipment.carrier, news=news, place=place, at=at))
    return "\n".join(lines)


def item(line: Line, tongue: Speaks) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "title": line.title,
        "quantity": line.quantity,
        "price": tongue.formats.money(line.unit_price),
    }
    if line.options:
        shown["options"] = options_text(line.options, tongue)
    if line.image:
        shown["image"] = line.image
    return shown


def timeline(shipment: ShipmentSummary, tongue: Speaks) -> dict[str, Any]:
    card: dict[str, Any] = {
        "type": "timeline",
        "state": shipment.state.value,
        "state_label": tongue.words.text(f"shipment_state.{shipment.state.value}"),
        "events": [
            {
                "at": tongue.formats.moment(event.at),
                "text": event.text or tongue.words.text(f"shipment_state.{event.state.value}"),
                **({"place": event.place} if event.place else {}),
            }
            for event in shipment.events
        ],
    }
    for field in ("carrier", "tracking_number", "tracking_url"):
        if value := getattr(shipment, field):
            card[field] = value
    return card
