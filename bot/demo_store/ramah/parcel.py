"""What the courier does with a parcel: the demo's own staff say so, no shopper can."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from bot.demo_store.books import Books
from bot.demo_store.generator.data_files import data
from bot.demo_store.ramah import book
from bot.store.errors import Invalid, NotAllowed
from bot.store.models import (
    Line,
    Order,
    OrderState,
    Shipment,
    ShipmentState,
    ShippedItem,
    TrackingEvent,
)

_HERE = frozenset({ShipmentState.packed})
_ENDED = {OrderState.cancelled: "already_cancelled", OrderState.returned: "already_returned"}


class MoveParcel(BaseModel):
    """``parcel``: the shipment's id; empty for all of the order."""

    state: ShipmentState
    parcel: str = Field("", max_length=200)
    place: str = Field("", max_length=200)


def move_parcel(books: Books, order_id: str, asked: MoveParcel, now: datetime) -> Order:
    """Raises ``NotFound``, ``NotAllowed`` and ``Invalid`` ("parcel")."""
    order = book.read(books, books.id_of(order_id))
    if order.state in _ENDED:
        raise NotAllowed(_ENDED[order.state])
    parcels = list(order.shipments) or [_packed_now(order)]
    if asked.parcel and asked.parcel not in {each.id for each in parcels}:
        raise Invalid("parcel")
    moved = [_moved(each, asked, now) if asked.parcel in ("", each.id) else each for each in parcels]
    state = _order_state(order, moved)
    done = now if state is OrderState.delivered else None
    lines = [line.copy(update={"shipped_quantity": _gone(line, moved)}) for line in order.lines]
    changed = {"shipments": moved, "state": state, "delivered_at": done, "lines": lines}
    return book.write(books, order.copy(update=changed))


def _packed_now(order: Order) -> Shipment:
    return Shipment(
        id=f"{order.id}-1",
        state=ShipmentState.packed,
        carrier="Ramah Express",
        items=[ShippedItem(line_id=line.id, quantity=line.quantity) for line in order.lines],
    )


def _moved(parcel: Shipment, asked: MoveParcel, now: datetime) -> Shipment:
    words = data("couriers")["events"]
    event = TrackingEvent(at=now, state=asked.state, text=words.get(asked.state.value, ""), place=asked.place)
    return parcel.copy(
        update={
            "state": asked.state,
            "events": [*parcel.events, event],
            "shipped_at": None if asked.state in _HERE else parcel.shipped_at or now,
            "delivered_at": now if asked.state is ShipmentState.delivered else None,
        }
    )


def _order_state(order: Order, parcels: list[Shipment]) -> OrderState:
    states = {each.state for each in parcels}
    whole = all(_sent(line, parcels) >= line.quantity for line in order.lines)
    if states == {ShipmentState.delivered} and whole:
        return OrderState.delivered
    if states <= _HERE:
        return OrderState.packed
    return OrderState.shipped if whole and not states & _HERE else OrderState.partly_shipped


def _sent(line: Line, parcels: list[Shipment]) -> int:
    return sum(item.quantity for each in parcels for item in each.items if item.line_id == line.id)


def _gone(line: Line, parcels: list[Shipment]) -> int:
    return _sent(line, [each for each in parcels if each.state not in _HERE])
