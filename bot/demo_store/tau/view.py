"""tau-retail's users, orders and products as the API shows them. Its orders know no dates."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from bot.demo_store.books import Document, StoredOrder
from bot.store.models import (
    Address,
    Case,
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
    Variant,
)
from bot.store.money import Money

CURRENCY = "USD"
COUNTRIES = {"USA": "US"}
NOTHING = Money(amount=Decimal(0), currency=CURRENCY)

# "processed" orders carry tracking numbers and may no longer be touched: they have left.
STATES = {
    "pending": OrderState.paid,
    "pending (item modified)": OrderState.paid,
    "processed": OrderState.shipped,
    "delivered": OrderState.delivered,
    "return requested": OrderState.delivered,
    "exchange requested": OrderState.delivered,
    "cancelled": OrderState.cancelled,
}
GONE = (OrderState.shipped, OrderState.delivered)
BRANDS = {"credit_card": "{brand} •••• {last_four}", "paypal": "PayPal", "gift_card": "Gift card"}


def our_id(tau_order_id: str) -> str:
    """The order's id as it stands in a URL: without the number's "#"."""
    return tau_order_id.removeprefix("#")


def money(amount: float) -> Money:
    return Money(amount=Decimal(str(amount)), currency=CURRENCY)


def order_view(stored: StoredOrder, user: Document) -> Order:
    body = stored.body
    state = STATES[body["status"]]
    cases = [Case.parse_obj(each) for each in stored.notes.get("cases", [])]
    lines = _lines(body["items"], state, cases)
    total = sum((line.unit_price for line in lines), NOTHING)
    name = full_name(user)
    return Order(
        id=stored.id,
        number=body["order_id"],
        state=state,
        customer=Customer(id=user["user_id"], name=name, email=user["email"]),
        shipping_address=_address(body["address"], name),
        lines=lines,
        shipping=NOTHING,
        discount=NOTHING,
        total=total,
        payments=[
            Payment(
                id=str(index),
                kind=PaymentKind(each["transaction_type"]),
                method_id=each["payment_method_id"],
                method=_method(user, each["payment_method_id"]),
                amount=money(each["amount"]),
            )
            for index, each in enumerate(body["payment_history"], start=1)
        ],
        shipments=_shipments(body, lines, state) if state in GONE else [],
        cases=cases,
        items_changed=body["status"] == "pending (item modified)",
    )


def product_view(body: Document) -> Product:
    return Product(
        id=body["product_id"],
        title=body["name"],
        variants=[
            Variant(
                id=each["item_id"],
                product_id=body["product_id"],
                options=each["options"],
                price=money(each["price"]),
                available=each["available"],
            )
            for each in body["variants"].values()
        ],
    )


def full_name(user: Document) -> str:
    return f"{user['name']['first_name']} {user['name']['last_name']}"


def line_ids_of(items: list[Document], item_ids: list[str]) -> list[str]:
    """The lines (numbered from 1) that a list of item ids means; the same id twice means two lines."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for index, item in enumerate(items, start=1):
        places[item["item_id"]].append(str(index))
    return [places[item_id].pop(0) for item_id in item_ids if places[item_id]]


def _lines(items: list[Document], state: OrderState, cases: list[Case]) -> list[Line]:
    in_cases = {item.line_id for case in cases for item in case.items}
    return [
        Line(
            id=str(index),
            product_id=item["product_id"],
            variant_id=item["item_id"],
            title=item["name"],
            options=item["options"],
            quantity=1,
            shipped_quantity=1 if state in GONE else 0,
            returned_quantity=1 if str(index) in in_cases else 0,
            unit_price=money(item["price"]),
        )
        for index, item in enumerate(items, start=1)
    ]


def _address(body: Document, name: str) -> Address:
    return Address(
        name=name,
        line1=body["address1"],
        line2=body["address2"],
        city=body["city"],
        region=body["state"],
        postcode=body["zip"],
        country=COUNTRIES[body["country"]],
    )


def _method(user: Document, method_id: str) -> str:
    method = user["payment_methods"].get(method_id)
    if method is None:
        return method_id
    return BRANDS[method["source"]].format(
        brand=str(method.get("brand", "")).title(), last_four=method.get("last_four", "")
    )


def _shipments(body: Document, lines: list[Line], state: OrderState) -> list[Shipment]:
    arrived = state is OrderState.delivered
    return [
        Shipment(
            id=str(index),
            state=ShipmentState.delivered if arrived else ShipmentState.in_transit,
            tracking_number=", ".join(each["tracking_id"]),
            items=[
                ShippedItem(line_id=line_id, quantity=1) for line_id in line_ids_of(body["items"], each["item_ids"])
            ],
        )
        for index, each in enumerate(body["fulfillments"], start=1)
    ]
