"""One order from a buyer, what they bought and a story of what happened since."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo_store.books import Document
from bot.demo_store.generator.data_files import data
from bot.demo_store.generator.parcels import Journey, sent_parcel, waiting_parcel
from bot.demo_store.generator.people import Buyer
from bot.store.models import (
    Case,
    CaseItem,
    Line,
    Order,
    OrderState,
    Payment,
    PaymentKind,
    PaymentState,
    Shipment,
    ShipmentState,
)
from bot.store.money import Money

ZONE = ZoneInfo("Asia/Kuala_Lumpur")
Bought = tuple[Document, Document, int]  # product, variant, pieces


class OrderBuilding:
    """Days of a story count back from ``today`` (the shop's calendar day); nothing lies in the future of it."""

    def __init__(self, today: date, rng: Random) -> None:
        self._today = today
        self._rng = rng

    def build(self, number: str, buyer: Buyer, bought: list[Bought], story: Document) -> Order:
        order_id = f"ord_{number}"
        currency = data("countries")[buyer.address.country]["currency"]
        state = OrderState(story["state"])
        placed_at = self._at(story["placed"], hour=9)
        lines = [self._line(index, each, currency) for index, each in enumerate(bought, start=1)]
        lines = _shipped_lines(lines, state, partly=state is OrderState.partly_shipped)
        goods = sum((line.unit_price * line.quantity for line in lines), _money(0, currency))
        shipping = _shipping(goods)
        order = Order(
            id=order_id,
            number=number,
            state=state,
            placed_at=placed_at,
            customer=buyer.customer,
            shipping_address=buyer.address,
            lines=lines,
            shipping=shipping,
            discount=_money(0, currency),
            total=goods + shipping,
            shipments=self._shipments(order_id, buyer, lines, state, story),
            promised_on=self._today + timedelta(days=story["promised"]) if "promised" in story else None,
            delivered_at=self._at(story["delivered"], hour=14) if "delivered" in story else None,
            cancelled_at=self._at(story["cancelled"], hour=11) if "cancelled" in story else None,
        )
        if "case" in story:
            order = self._with_case(order, story["case"])
        return order.copy(update={"payments": self._payments(order, story)})

    def _at(self, days_ago: int, hour: int) -> datetime:
        """A moment of that day in UTC; today only the first minutes are surely over."""
        clock = time(hour, self._rng.randint(0, 59)) if days_ago else time(0, self._rng.randint(0, 1))
        local = datetime.combine(self._today - timedelta(days=days_ago), clock, ZONE)
        return local.astimezone(timezone.utc)

    def _line(self, index: int, bought: Bought, currency: str) -> Line:
        product, variant, quantity = bought
        return Line(
            id=str(index),
            product_id=product["id"],
            variant_id=variant["id"],
            title=product["title"],
            options=variant["options"],
            category=product["category"],
            quantity=quantity,
            unit_price=_money(variant["prices"][currency], currency),
            final_sale=product["final_sale"],
        )

    def _shipments(
        self, order_id: str, buyer: Buyer, lines: list[Line], state: OrderState, story: Document
    ) -> list[Shipment]:
        if state is OrderState.packed:
            packed_at = self._at(max(story["placed"] - 1, 0), hour=15)
            return [waiting_parcel(order_id, lines, buyer.address, packed_at, self._rng)]
        if "parcel" not in story:
            return []
        parcel = ShipmentState(story["parcel"])
        shipped_at = self._at(story["shipped"], hour=16)
        if parcel is ShipmentState.delivered:
            last_at = self._at(story["delivered"], hour=14)
        elif parcel in (ShipmentState.out_for_delivery, ShipmentState.failed_attempt):
            last_at = self._at(0, hour=8)
        else:
            last_at = shipped_at + timedelta(hours=self._rng.randint(4, 7))
        sent = [line for line in lines if line.shipped_quantity]
        return [sent_parcel(order_id, sent, buyer.address, Journey(parcel, shipped_at, last_at), self._rng)]

    def _payments(self, order: Order, story: Document) -> list[Payment]:
        if order.state is OrderState.unpaid or not story.get("paid", True):
            return []
        methods = data("countries")[order.shipping_address.country]["methods"]
        method = self._rng.choice(methods).format(last4=self._rng.randint(1000, 9999))
        payment = Payment(
            id=f"pay_{order.number}",
            kind=PaymentKind.payment,
            method_id=f"method_{order.number}",
            method=method,
            amount=order.total,
            at=order.placed_at,
        )
        if "refund" not in story:
            return [payment]
        case = order.cases[0] if order.cases else None
        refund = payment.copy(
            update={
                "id": f"{payment.id}-refund",
                "kind": PaymentKind.refund,
                "state": PaymentState(story["refund"]),
                "amount": case.refund if case and case.refund else order.total,
                "at": case.created_at + timedelta(days=6) if case else order.cancelled_at,
            }
        )
        return [payment, refund]

    def _with_case(self, order: Order, wanted: dict[str, Any]) -> Order:
        """A case about everything that arrived."""
        case = Case(
            id=f"case_{order.number}",
            number=f"C-{order.number}",
            order_id=order.id,
            kind=wanted["kind"],
            state=wanted["state"],
            items=[CaseItem(line_id=line.id, quantity=line.quantity) for line in order.lines],
            reason=wanted["reason"],
            wish=wanted["wish"],
            refund=order.total - order.shipping,
            created_at=self._at(wanted["opened"], hour=10),
        )
        lines = [line.copy(update={"returned_quantity": line.quantity}) for line in order.lines]
        return order.copy(update={"cases": [case], "lines": lines})


def _shipped_lines(lines: list[Line], state: OrderState, partly: bool) -> list[Line]:
    """All pieces sent, or only the first line's where the order is shipped in parts."""
    if state not in (OrderState.shipped, OrderState.delivered, OrderState.returned, OrderState.partly_shipped):
        return lines
    return [
        line.copy(update={"shipped_quantity": 0 if partly and index else line.quantity})
        for index, line in enumerate(lines)
    ]


def _shipping(goods: Money) -> Money:
    rule = data("currencies")[goods.currency]
    return _money(0 if goods.amount >= Decimal(rule["free_from"]) else rule["shipping"], goods.currency)


def _money(amount: str | int, currency: str) -> Money:
    return Money(amount=Decimal(amount), currency=currency)
