"""What the shop's own store sends, and how it reads in Ramah's models."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel

from bot.store.models import (
    Address,
    Case,
    CaseItem,
    CaseKind,
    CaseState,
    Customer,
    Line,
    Order,
    OrderState,
    Product,
    Shipment,
    ShipmentState,
    ShippedItem,
    Variant,
    Wish,
)
from bot.store.money import Money

STATES = {
    "paid": OrderState.paid,
    "sent": OrderState.shipped,
    "arrived": OrderState.delivered,
    "cancelled": OrderState.cancelled,
}


class RawLine(BaseModel):
    id: str
    product: str
    title: str
    pieces: int
    price: Decimal


class RawItem(BaseModel):
    line: str
    pieces: int


class RawReturn(BaseModel):
    id: str
    at: datetime
    items: list[RawItem]
    reason: str
    wish: Wish | None
    reference: str


class RawNote(BaseModel):
    what: str
    reference: str


class RawOrder(BaseModel):
    id: str
    number: str
    status: Literal["paid", "sent", "arrived", "cancelled"]
    email: str
    phone: str
    address: Address
    lines: list[RawLine]
    parcel: str
    returns: list[RawReturn]
    history: list[RawNote]


class RawProduct(BaseModel):
    id: str
    title: str
    price: Decimal
    stock: int


def order_of(raw: RawOrder) -> Order:
    state = STATES[raw.status]
    sent = state in {OrderState.shipped, OrderState.delivered}
    total = sum((line.price * line.pieces for line in raw.lines), Decimal(0))
    return Order(
        id=raw.id,
        number=raw.number,
        state=state,
        customer=Customer(email=raw.email, phone=raw.phone),
        shipping_address=raw.address,
        lines=[_line(line, raw, sent=sent) for line in raw.lines],
        shipping=_money(Decimal(0)),
        discount=_money(Decimal(0)),
        total=_money(total),
        shipments=[_shipment(raw, state)] if sent else [],
        cases=[case_of(raw, each) for each in raw.returns],
    )


def case_of(raw: RawOrder, entry: RawReturn) -> Case:
    return Case(
        id=entry.id,
        number=entry.id,
        order_id=raw.id,
        kind=CaseKind.return_,
        state=CaseState.requested,
        items=[CaseItem(line_id=item.line, quantity=item.pieces) for item in entry.items],
        reason=entry.reason,
        wish=entry.wish,
        created_at=entry.at,
    )


def product_of(raw: RawProduct) -> Product:
    only = Variant(
        id=raw.id, product_id=raw.id, price=_money(raw.price), available=raw.stock > 0, stock=max(raw.stock, 0)
    )
    return Product(id=raw.id, title=raw.title, variants=[only])


def _line(line: RawLine, raw: RawOrder, *, sent: bool) -> Line:
    return Line(
        id=line.id,
        product_id=line.product,
        variant_id=line.product,
        title=line.title,
        quantity=line.pieces,
        shipped_quantity=line.pieces if sent else 0,
        returned_quantity=sum(item.pieces for one in raw.returns for item in one.items if item.line == line.id),
        unit_price=_money(line.price),
    )


def _shipment(raw: RawOrder, state: OrderState) -> Shipment:
    arrived = state is OrderState.delivered
    return Shipment(
        id=raw.parcel,
        state=ShipmentState.delivered if arrived else ShipmentState.in_transit,
        tracking_number=raw.parcel,
        items=[ShippedItem(line_id=line.id, quantity=line.pieces) for line in raw.lines],
    )


def _money(amount: Decimal) -> Money:
    return Money(amount=amount, currency="MYR")
