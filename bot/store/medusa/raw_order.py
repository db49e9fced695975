"""An order as Medusa's Admin API gives it (order, payment and fulfillment modules of Medusa 2.18)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from pydantic import validator

from bot.store.medusa.raw import Raw, WithMetadata
from bot.store.medusa.raw_case import RawReturn


class RawAddress(WithMetadata):
    first_name: str | None = None
    last_name: str | None = None
    address_1: str | None = None
    address_2: str | None = None
    city: str | None = None
    province: str | None = None
    postal_code: str | None = None
    country_code: str | None = None
    phone: str | None = None


class RawCustomer(Raw):
    id: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    has_account: bool = False


class RawDetail(Raw):
    """Pieces; all but ``quantity`` are part of it."""

    quantity: int
    fulfilled_quantity: int = 0
    shipped_quantity: int = 0
    delivered_quantity: int = 0
    return_received_quantity: int = 0
    written_off_quantity: int = 0


class RawOption(Raw):
    title: str


class RawOptionValue(Raw):
    value: str
    option: RawOption


class RawItemVariant(Raw):
    options: tuple[RawOptionValue, ...] = ()


class RawItem(WithMetadata):
    id: str
    title: str
    product_title: str | None = None
    variant_title: str | None = None
    product_type: str | None = None
    product_id: str | None = None
    variant_id: str | None = None
    variant_option_values: dict[str, str] | None = None
    variant: RawItemVariant | None = None
    thumbnail: str | None = None
    requires_shipping: bool = True
    created_at: datetime
    unit_price: Decimal
    total: Decimal | None = None
    refundable_total_per_unit: Decimal | None = None
    detail: RawDetail


class RawLabel(Raw):
    tracking_number: str = ""
    tracking_url: str = ""


class RawFulfillmentItem(Raw):
    line_item_id: str | None = None
    quantity: int


class RawFulfillment(WithMetadata):
    id: str
    location_id: str | None = None
    provider_id: str | None = None
    created_at: datetime
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    canceled_at: datetime | None = None
    labels: tuple[RawLabel, ...] = ()
    items: tuple[RawFulfillmentItem, ...] = ()


class RawRefund(WithMetadata):
    id: str
    amount: Decimal
    created_at: datetime


class RawPayment(WithMetadata):
    id: str
    provider_id: str
    amount: Decimal
    currency_code: str
    created_at: datetime
    captured_at: datetime | None = None
    canceled_at: datetime | None = None
    refunds: tuple[RawRefund, ...] = ()


class RawPaymentCollection(Raw):
    payments: tuple[RawPayment, ...] = ()


class RawShippingDetail(Raw):
    return_id: str | None = None
    exchange_id: str | None = None
    claim_id: str | None = None


class RawShippingMethod(Raw):
    shipping_option_id: str | None = None
    total: Decimal = Decimal(0)
    detail: RawShippingDetail = RawShippingDetail()

    @property
    def of_a_case(self) -> bool:
        """Whether it is the way of something that comes back or is sent again."""
        return bool(self.detail.return_id or self.detail.exchange_id or self.detail.claim_id)


class RawOrder(WithMetadata):
    id: str
    display_id: int
    custom_display_id: str | None = None
    status: str
    created_at: datetime
    canceled_at: datetime | None = None
    email: str | None = None
    currency_code: str
    total: Decimal
    discount_total: Decimal
    shipping_total: Decimal
    credit_line_total: Decimal = Decimal(0)
    items: list[RawItem]
    shipping_address: RawAddress | None = None
    customer: RawCustomer | None = None
    fulfillments: list[RawFulfillment]
    payment_collections: list[RawPaymentCollection]
    returns: list[RawReturn]
    shipping_methods: tuple[RawShippingMethod, ...] = ()

    @validator("items", "fulfillments", "returns")
    def _as_they_came_about(cls, value: list[WithMetadata]) -> list[WithMetadata]:
        """Medusa gives them in no order; ids (ULIDs) of one moment decide between equals."""
        return sorted(value, key=lambda each: (each.created_at, each.id))  # type: ignore[attr-defined]

    @property
    def number(self) -> str:
        """What the shopper sees."""
        return self.custom_display_id or str(self.display_id)

    @property
    def payments(self) -> list[RawPayment]:
        """All of them, oldest first."""
        all_of_them = [payment for collection in self.payment_collections for payment in collection.payments]
        return sorted(all_of_them, key=lambda payment: (payment.created_at, payment.id))

    @property
    def parcels(self) -> list[RawFulfillment]:
        """Fulfilments that are not taken back."""
        return [each for each in self.fulfillments if each.canceled_at is None]


class RawFound(Raw):
    """An order in a search, as far as number and proof go."""

    id: str
    display_id: int
    custom_display_id: str | None = None
    email: str | None = None
    customer: RawCustomer | None = None
    shipping_address: RawAddress | None = None


class RawFoundPage(Raw):
    orders: list[RawFound]
    count: int
    limit: int


class RawOrders(Raw):
    orders: list[RawOrder]
