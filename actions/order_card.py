"""The cards that show an order and its parcels (docs/contracts.md, Cards)."""

from __future__ import annotations

from typing import Any

from actions.voice import Voice
from bot.orders.track import ShipmentSummary, Tracking
from bot.store.models import Line, Order


def order_card(order: Order, tracking: Tracking, voice: Voice) -> dict[str, Any]:
    words, formats = voice.words, voice.formats
    card: dict[str, Any] = {
        "type": "order",
        "number": order.number,
        "state": tracking.state.value,
        "state_label": words.text(f"track_state.{tracking.state.value}"),
        "late": tracking.late_days > 0,
        "total": formats.money(order.total),
        "items": [item(line, voice) for line in order.lines],
        "shipments": [timeline(shipment, voice) for shipment in tracking.shipments],
    }
    if tracking.late_days > 0:
        card["late_label"] = words.text("late", days=tracking.late_days)
    if order.placed_at:
        card["placed"] = formats.day_of(order.placed_at)
    if tracking.promised_on:
        card["promised"] = formats.day(tracking.promised_on)
    return card


def item(line: Line, voice: Voice) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "title": line.title,
        "quantity": line.quantity,
        "price": voice.formats.money(line.unit_price),
    }
    if line.options:
        shown["options"] = options_text(line.options, voice)
    if line.image:
        shown["image"] = line.image
    return shown


def options_text(options: dict[str, str], voice: Voice) -> str:
    """ "Size: M, Colour: blue" in the shopper's list style."""
    pairs = [
        voice.words.text("option", name=voice.words.label("option_name", name), value=value)
        for name, value in options.items()
    ]
    return voice.words.text("between_options").join(pairs)


def timeline(shipment: ShipmentSummary, voice: Voice) -> dict[str, Any]:
    card: dict[str, Any] = {
        "type": "timeline",
        "state": shipment.state.value,
        "state_label": voice.words.text(f"shipment_state.{shipment.state.value}"),
        "events": [
            {
                "at": voice.formats.moment(event.at),
                "text": event.text or voice.words.text(f"shipment_state.{event.state.value}"),
                **({"place": event.place} if event.place else {}),
            }
            for event in shipment.events
        ],
    }
    for field in ("carrier", "tracking_number", "tracking_url"):
        if value := getattr(shipment, field):
            card[field] = value
    return card
