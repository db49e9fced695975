"""An order part by part, as people read it, so that two moments of it can stand side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.orders.address_form import format_lines
from bot.orders.track_state import last_event, track_state
from bot.store.models import Line, Order, Payment, PaymentKind, Shipment
from bot.wording.order_card import options_text
from bot.wording.tongue import Tongue

Text = Callable[[Order, Tongue], list[str]]


@dataclass(frozen=True)
class Part:
    """``fields`` of ``Order``; ``text``: its lines."""

    fields: tuple[str, ...]
    text: Text


def _state(order: Order, tongue: Tongue) -> list[str]:
    return [tongue.words.text(f"track_state.{track_state(order).value}")]


def _promised(order: Order, tongue: Tongue) -> list[str]:
    return [tongue.formats.day(order.promised_on)] if order.promised_on else []


def _items(order: Order, tongue: Tongue) -> list[str]:
    def line_text(line: Line) -> str:
        options = options_text(line.options, tongue)
        price = tongue.formats.money(line.unit_price)
        return f"{line.quantity} × {line.title}{f' ({options})' if options else ''}, {price}"

    return [line_text(line) for line in order.lines]


def _total(order: Order, tongue: Tongue) -> list[str]:
    return [tongue.formats.money(order.total)]


def _address(order: Order, tongue: Tongue) -> list[str]:
    address = order.shipping_address
    return [*format_lines(address), *([address.phone] if address.phone else [])]


def _customer(order: Order, tongue: Tongue) -> list[str]:
    return [text for text in (order.customer.name, order.customer.email, order.customer.phone) if text]


def _tracking(order: Order, tongue: Tongue) -> list[str]:
    def parcel(shipment: Shipment) -> str:
        event = last_event(shipment)
        state = tongue.words.text(f"shipment_state.{shipment.state.value}")
        if event is not None:
            state = f"{event.text or state} ({tongue.formats.moment(event.at)})"
        text = tongue.words.text(
            "parcel", carrier=shipment.carrier or shipment.id, number=shipment.tracking_number, state=state
        )
        return text.replace("  ", " ").replace(" :", ":")

    return [parcel(shipment) for shipment in order.shipments]


def _payments(order: Order, tongue: Tongue) -> list[str]:
    def payment(each: Payment) -> str:
        return tongue.words.text(
            "payment_back" if each.kind is PaymentKind.refund else "payment",
            amount=tongue.formats.money(each.amount),
            method=each.method,
            state=tongue.words.text(f"payment_state.{each.state.value}"),
        )

    return [payment(each) for each in order.payments]


def _cases(order: Order, tongue: Tongue) -> list[str]:
    words = tongue.words
    return [
        words.text(
            "case",
            number=case.number,
            kind=words.text(f"case_kind.{case.kind.value}"),
            state=words.text(f"case_state.{case.state.value}"),
        )
        for case in order.cases
    ]


# By the key of its label (``part.<key>``), in the order in which they are read. What is in none is "other".
PARTS: Mapping[str, Part] = {
    "state": Part(("state", "delivered_at", "cancelled_at"), _state),
    "promised": Part(("promised_on",), _promised),
    "items": Part(("lines", "items_changed"), _items),
    "total": Part(("total", "shipping", "discount"), _total),
    "address": Part(("shipping_address",), _address),
    "customer": Part(("customer",), _customer),
    "tracking": Part(("shipments",), _tracking),
    "payments": Part(("payments",), _payments),
    "cases": Part(("cases",), _cases),
}
OTHER = "other"


def part_of(path: str) -> str:
    """The key of the part that a path in the order belongs to."""
    field = path.split(".", maxsplit=1)[0]
    return next((key for key, part in PARTS.items() if field in part.fields), OTHER)
