"""Makes orders as the API shows them; each has buyer, lines, payment and, if it was sent, parcels.

Shapes follow https://shopify.dev/docs/api/admin-graphql/2026-01/objects/Order and .../objects/Fulfillment.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from tests.store.shopify.nodes import Node, connection, listed, money

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=timezone.utc)


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def make_order(number: int, products: list[Node], kind: str, *, now: datetime) -> Node:
    """``kind``: "unshipped", "packing", "labelled", "shipped", "two parcels" or "delivered"."""
    made = now - timedelta(days=5)
    product = products[number % len(products)]
    variant = product["_variants"][0]
    lines = [_line(number * 10 + index, each["_product"], each, 2 - index) for index, each in enumerate([variant])]
    other = products[(number + 1) % len(products)]
    lines.append(_line(number * 10 + 5, other, other["_variants"][0], 1))
    total = sum((line["_price"] * line["quantity"] for line in lines), Decimal("8.00"))
    order: Node = {
        "__typename": "Order",
        "id": f"gid://shopify/Order/{5_000_000_000_000 + number}",
        "name": f"#{number}",
        "createdAt": stamp(made),
        "processedAt": stamp(made),
        "cancelledAt": None,
        "cancelReason": None,
        "cancellation": None,
        "email": f"buyer{number}@example.com",
        "phone": f"+6012{number:07d}",
        "tags": [],
        "note": None,
        "edited": False,
        "displayFinancialStatus": "PAID",
        "displayFulfillmentStatus": "UNFULFILLED",
        "customer": {"id": f"gid://shopify/Customer/{number % 7 + 1}", "displayName": "Aisyah Rahman"},
        "shippingAddress": _address(number),
        "totalShippingPriceSet": money("8.00"),
        "totalDiscountsSet": money("0.00"),
        "totalPriceSet": money(total),
        "_lines": lines,
        "_transactions": [],
        "_refunds": [],
        "_fulfillments": [],
        "_returns": [],
        "_metafields": {},
        "_total": total,
    }
    order["lineItems"] = connection(lambda: order["_lines"])
    order["transactions"] = listed(lambda: order["_transactions"])
    order["refunds"] = listed(lambda: order["_refunds"])
    order["_transactions"].append(_sale(number, total, made))
    _send(order, number, kind, made)
    return order


def make_parcel(order: Node, number: int, lines: list[tuple[Node, int]], status: str, at: datetime) -> Node:
    """``status``: a FulfillmentDisplayStatus."""
    parcel: Node = {
        "id": f"gid://shopify/Fulfillment/{number}",
        "name": f"{order['name']}-F{len(order['_fulfillments']) + 1}",
        "status": "SUCCESS",
        "displayStatus": status,
        "createdAt": stamp(at),
        "deliveredAt": stamp(at + timedelta(days=2)) if status == "DELIVERED" else None,
        "estimatedDeliveryAt": stamp(at + timedelta(days=3)),
        "_lines": [
            {"id": f"gid://shopify/FulfillmentLineItem/{number}{index}", "quantity": quantity, "lineItem": line}
            for index, (line, quantity) in enumerate(lines)
        ],
        "_events": _events(status, at),
    }
    tracking = {"company": "J&T Express", "number": f"JT{number}", "url": f"https://tracking.example/JT{number}"}
    parcel["trackingInfo"] = listed(lambda: [tracking])
    parcel["events"] = connection(lambda: parcel["_events"])
    parcel["fulfillmentLineItems"] = connection(lambda: parcel["_lines"])
    order["_fulfillments"].append(parcel)
    return parcel


def _send(order: Node, number: int, kind: str, made: datetime) -> None:
    whole = [(line, line["quantity"]) for line in order["_lines"]]
    sent = made + timedelta(days=1)
    if kind == "packing":
        order["displayFulfillmentStatus"] = "IN_PROGRESS"
    if kind in {"shipped", "delivered", "labelled"}:
        status = {"shipped": "IN_TRANSIT", "delivered": "DELIVERED", "labelled": "LABEL_PURCHASED"}[kind]
        make_parcel(order, number * 10, whole, status, sent)
    if kind == "two parcels":  # one piece of the first line each, the second line with the first piece
        first, second = order["_lines"]
        make_parcel(order, number * 10, [(first, 1), (second, 1)], "DELIVERED", sent)
        make_parcel(order, number * 10 + 1, [(first, 1)], "DELIVERED", sent)
    if order["_fulfillments"]:
        order["displayFulfillmentStatus"] = "FULFILLED"


def _line(number: int, product: Node, variant: Node, quantity: int) -> Node:
    price = Decimal(variant["price"])
    return {
        "id": f"gid://shopify/LineItem/{number}",
        "title": product["title"],
        "name": product["title"],
        "quantity": quantity,
        "currentQuantity": quantity,
        "unfulfilledQuantity": quantity,
        "image": {"url": f"https://cdn.example/{number}.jpg"},
        "product": product,
        "variant": variant,
        "originalUnitPriceSet": money(price),
        "discountedUnitPriceSet": money(price),
        "_price": price,
    }


def _address(number: int) -> Node:
    return {
        "id": f"gid://shopify/MailingAddress/{number}",
        "name": "Aisyah Rahman",
        "firstName": "Aisyah",
        "lastName": "Rahman",
        "address1": f"{number} Jalan Ampang",
        "address2": None,
        "city": "Kuala Lumpur",
        "province": "Kuala Lumpur",
        "provinceCode": "KUL",
        "countryCodeV2": "MY",
        "zip": f"{50000 + number % 1000}",
        "phone": f"+6012{number:07d}",
    }


def _sale(number: int, total: Decimal, at: datetime) -> Node:
    card = {"__typename": "CardPaymentDetails", "company": "Visa", "number": "•••• •••• •••• 4242", "name": None}
    return {
        "id": f"gid://shopify/OrderTransaction/{number}",
        "kind": "SALE",
        "status": "SUCCESS",
        "gateway": "shopify_payments",
        "formattedGateway": "Shopify Payments",
        "processedAt": stamp(at),
        "createdAt": stamp(at),
        "amountSet": money(total),
        "parentTransaction": None,
        "paymentDetails": card,
        "_amount": total,
    }


def _events(status: str, at: datetime) -> list[Node]:
    """Newest last, each a FulfillmentEvent."""
    known: dict[str, list[str]] = {
        "DELIVERED": ["IN_TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED"],
        "IN_TRANSIT": ["CARRIER_PICKED_UP", "IN_TRANSIT"],
    }
    return [_event(each, at + timedelta(hours=20 * index)) for index, each in enumerate(known.get(status, []))]


def _event(status: str, at: datetime) -> Node:
    place: dict[str, Any] = {"city": "Shah Alam", "province": "Selangor", "country": "MY"}
    return {
        "id": f"gid://shopify/FulfillmentEvent/{int(at.timestamp())}",
        "status": status,
        "happenedAt": stamp(at),
        "message": None,
        **place,
    }
