"""Orders made by hand: the shop's today is Wednesday, 18 March 2026, noon in Kuala Lumpur."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.orders.policy import Policy
from bot.orders.policy_file import load_policy
from bot.store.models import (
    Address,
    Customer,
    Line,
    Order,
    OrderState,
    Payment,
    PaymentKind,
    Product,
    Shipment,
    ShipmentState,
    ShippedItem,
    TrackingEvent,
    Variant,
)
from bot.store.money import Money

POLICY_FILE = Path(__file__).parents[2] / "data" / "policy.yml"
POLICY = load_policy(POLICY_FILE, "Asia/Kuala_Lumpur")
NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
TODAY = date(2026, 3, 18)
HOME = Address(
    name="Siti Aminah",
    line1="12 Jalan Mawar",
    district="Taman Sri",
    city="Kajang",
    region="Selangor",
    postcode="43000",
    country="MY",
    phone="+60123456789",
)


def changed_policy(section: str, **changes: Any) -> Policy:
    """The shop's policy with some rules of one section changed."""
    return POLICY.copy(update={section: getattr(POLICY, section).copy(update=changes)})


def money(amount: str, currency: str = "MYR") -> Money:
    return Money(amount=Decimal(amount), currency=currency)


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def line(id: str = "l1", price: str = "50.00", quantity: int = 1, **more: Any) -> Line:
    currency = more.pop("currency", "MYR")
    return Line(
        **{
            "id": id,
            "product_id": f"p_{id}",
            "variant_id": f"v_{id}",
            "title": f"Item {id}",
            "options": {"size": "M"},
            "category": "fashion",
            "quantity": quantity,
            "unit_price": money(price, currency),
            **more,
        }
    )


def parcel(state: ShipmentState, lines: list[Line], id: str = "s1", **more: Any) -> Shipment:
    """A parcel with all pieces of ``lines``; ``event``: days since the carrier's last word."""
    event = more.pop("event", 1)
    gone = state is not ShipmentState.packed
    return Shipment(
        **{
            "id": id,
            "state": state,
            "carrier": "Pos Laju",
            "tracking_number": f"TRK-{id}",
            "items": [ShippedItem(line_id=each.id, quantity=each.quantity) for each in lines],
            "events": [TrackingEvent(at=days_ago(event), state=state)] if gone else [],
            "shipped_at": days_ago(event + 1) if gone else None,
            "delivered_at": days_ago(event) if state is ShipmentState.delivered else None,
            **more,
        }
    )


def order(state: OrderState = OrderState.paid, lines: list[Line] | None = None, **more: Any) -> Order:
    lines = lines if lines is not None else [line()]
    currency = lines[0].unit_price.currency
    shipping = more.pop("shipping", money("8.00", currency))
    discount = more.pop("discount", money("0", currency))
    total = sum((each.unit_price * each.quantity for each in lines), shipping) - discount
    paid = [
        Payment(
            id="pay1", kind=PaymentKind.payment, method_id="m1", method="Visa •••• 4242", amount=total, at=days_ago(9)
        )
    ]
    return Order(
        **{
            "id": "o_1",
            "number": "#1047",
            "state": state,
            "placed_at": days_ago(9),
            "customer": Customer(id="cus_1", name="Siti Aminah", email="siti@example.com", phone="+60123456789"),
            "shipping_address": HOME,
            "lines": lines,
            "shipping": shipping,
            "discount": discount,
            "total": total,
            "payments": [] if state is OrderState.unpaid else paid,
            "promised_on": TODAY + timedelta(days=2),
            **more,
        }
    )


def shipped_order(
    state: ShipmentState = ShipmentState.in_transit, lines: list[Line] | None = None, **more: Any
) -> Order:
    lines = lines if lines is not None else [line()]
    event = more.pop("event", 1)
    gone = [each.copy(update={"shipped_quantity": each.quantity}) for each in lines]
    return order(OrderState.shipped, gone, shipments=[parcel(state, gone, event=event)], **more)


def delivered_order(lines: list[Line] | None = None, days: float = 3, **more: Any) -> Order:
    """Delivered ``days`` ago."""
    lines = lines if lines is not None else [line()]
    gone = [each.copy(update={"shipped_quantity": each.quantity}) for each in lines]
    parcels = [parcel(ShipmentState.delivered, gone, event=days)]
    return order(OrderState.delivered, gone, **{"shipments": parcels, "delivered_at": days_ago(days), **more})


def product_of(bought: Line, **prices: str) -> Product:
    """The line's product with one more variant a keyword: ``large="55.00"``."""
    currency = bought.unit_price.currency
    own = Variant(
        id=bought.variant_id,
        product_id=bought.product_id,
        options=bought.options,
        price=bought.unit_price,
        available=True,
    )
    others = [
        Variant(
            id=name, product_id=bought.product_id, options={"size": name}, price=money(price, currency), available=True
        )
        for name, price in prices.items()
    ]
    return Product(id=bought.product_id, title=bought.title, variants=[own, *others])
