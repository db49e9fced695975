"""Shipments with their carrier, tracking number and events."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from bot.demo_store.books import Document
from bot.demo_store.generator.data_files import data
from bot.store.models import Address, Line, Shipment, ShipmentState, ShippedItem, TrackingEvent


class Journey(NamedTuple):
    """A parcel that left at ``shipped_at`` and was last heard of, in ``state``, at ``last_at``."""

    state: ShipmentState
    shipped_at: datetime
    last_at: datetime


def waiting_parcel(order_id: str, lines: list[Line], address: Address, packed_at: datetime, rng: Random) -> Shipment:
    """A parcel that is labelled and still in the warehouse."""
    events = [_event(packed_at, "packed", ShipmentState.packed, address.country)]
    return _parcel(order_id, lines, address.country, rng).copy(update={"events": events})


def sent_parcel(order_id: str, lines: list[Line], address: Address, journey: Journey, rng: Random) -> Shipment:
    return _parcel(order_id, lines, address.country, rng).copy(
        update={
            "state": journey.state,
            "events": _events(journey, address),
            "shipped_at": journey.shipped_at,
            "delivered_at": journey.last_at if journey.state is ShipmentState.delivered else None,
        }
    )


def _events(journey: Journey, address: Address) -> list[TrackingEvent]:
    state, shipped_at, last_at = journey
    country, here = address.country, f"{address.city}, {address.country}"
    moving, out = ShipmentState.in_transit, ShipmentState.out_for_delivery
    span = last_at - shipped_at
    events = [
        _event(shipped_at - timedelta(hours=3), "packed", ShipmentState.packed, country),
        _event(shipped_at, "in_transit", moving, country),
    ]
    if state is moving:
        return [*events, _event(last_at, "arrived", moving, country, here)]
    if state is ShipmentState.lost:
        return [*events, _event(last_at, "lost", state, country)]
    events.append(_event(shipped_at + span * 0.6, "arrived", moving, country, here))
    if state is not out:
        events.append(_event(shipped_at + span * 0.9, out.value, out, country, here))
    return [*events, _event(last_at, state.value, state, country, here)]


def _parcel(order_id: str, lines: list[Line], country: str, rng: Random) -> Shipment:
    courier = rng.choice(_couriers(country))
    number = "".join(str(rng.randint(0, 9)) if sign == "#" else sign for sign in courier["number"])
    return Shipment(
        id=f"{order_id}-1",
        state=ShipmentState.packed,
        carrier=courier["name"],
        tracking_number=number,
        tracking_url=courier["url"].format(number=number),
        items=[ShippedItem(line_id=line.id, quantity=line.quantity) for line in lines],
    )


def _couriers(country: str) -> list[Document]:
    return [courier for courier in data("couriers")["couriers"] if country in courier["countries"]]


def _event(at: datetime, words: str, state: ShipmentState, country: str, place: str = "") -> TrackingEvent:
    """``place``: where it is; without it the carrier's hub of that country."""
    facts = data("couriers")
    return TrackingEvent(at=at, state=state, text=facts["events"][words], place=place or facts["hub"][country])
