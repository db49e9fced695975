"""An order as the API gives it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from bot.store.shopify.shapes import Id, MoneyBag, Nodes, Option, Page, Shape, Timed, Url


class ProofAddress(Shape):
    phone: str | None
    zip: str | None
    country_code: str | None = Field(alias="countryCodeV2")


class FoundOrder(Shape):
    """As much of an order as a proof is compared with."""

    id: str
    name: str
    email: str | None
    phone: str | None
    shipping_address: ProofAddress | None


class FoundOrders(Shape):
    orders: Nodes[FoundOrder]


class OrderIds(Shape):
    orders: Nodes[Id]


class MailingAddress(ProofAddress):
    first_name: str | None
    last_name: str | None
    name: str | None
    address1: str | None
    address2: str | None
    city: str | None
    province: str | None
    province_code: str | None


class LineProduct(Shape):
    id: str
    product_type: str
    tags: list[str]


class LineVariant(Shape):
    id: str
    selected_options: list[Option]


class LineItem(Shape):
    """``quantity`` as ordered; ``current_quantity`` without what was taken off or refunded since."""

    id: str
    title: str
    quantity: int
    current_quantity: int
    image: Url | None
    product: LineProduct | None  # None: deleted since, or never in the catalogue
    variant: LineVariant | None
    original_unit_price_set: MoneyBag


class CardDetails(Shape):
    company: str | None = None
    number: str | None = None


class Transaction(Shape):
    id: str
    kind: str
    status: str
    gateway: str | None
    formatted_gateway: str | None
    processed_at: datetime | None
    amount_set: MoneyBag
    parent_transaction: Id | None
    payment_details: CardDetails | None


class RefundLine(Shape):
    quantity: int
    restock_type: str
    line_item: Id


class Refund(Shape):
    id: str
    return_: Id | None = Field(None, alias="return")
    refund_line_items: Nodes[RefundLine]


class Cancellation(Shape):
    staff_note: str | None


class Buyer(Shape):
    id: str
    display_name: str


class CasesField(Shape):
    value: str
    compare_digest: str


class ShopifyOrder(Timed):
    id: str
    name: str
    cancelled_at: datetime | None
    email: str | None
    phone: str | None
    tags: list[str]
    edited: bool
    display_financial_status: str | None
    display_fulfillment_status: str
    cancellation: Cancellation | None
    customer: Buyer | None = None
    shipping_address: MailingAddress | None
    total_shipping_price_set: MoneyBag
    total_discounts_set: MoneyBag | None
    total_price_set: MoneyBag
    line_items: Page[LineItem]
    transactions: list[Transaction]
    refunds: list[Refund]
    metafield: CasesField | None


class OneOrder(Shape):
    order: ShopifyOrder | None


class LinesPage(Shape):
    line_items: Page[LineItem]


class MoreLines(Shape):
    order: LinesPage | None
