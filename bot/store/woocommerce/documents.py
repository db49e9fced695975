"""WooCommerce's own JSON, as far as Ramah reads it (REST API v3: orders, refunds, products, variations, data)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, validator
from pydantic.generics import GenericModel

Item = TypeVar("Item")


class Listed(GenericModel, Generic[Item]):
    """A list. PHP writes one whose keys have gaps as an object: its values are meant."""

    __root__: list[Item]

    @validator("__root__", pre=True)
    def values(cls, given: object) -> object:
        return _as_list(given)


class Woo(BaseModel):
    """Text that is not there comes as null as often as "": both are ""."""

    @validator("*", pre=True)
    def no_null_texts(cls, given: object, field: Any) -> object:
        return "" if given is None and field.outer_type_ is str and not field.allow_none else given


class Meta(Woo):
    key: str
    value: Any = None
    display_key: Any = None
    display_value: Any = None


class WithMeta(Woo):
    meta_data: list[Meta] = []

    @validator("meta_data", pre=True)
    def listed(cls, given: object) -> object:
        return _as_list(given)

    def meta(self, key: str) -> Any:
        """The first value under a key, or None."""
        return next((each.value for each in self.meta_data if each.key == key), None)


class WooAddress(Woo):
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    state: str = ""
    postcode: str = ""
    country: str = ""
    phone: str = ""
    email: str = ""


class Image(Woo):
    src: str = ""

    @validator("src", pre=True)
    def address(cls, given: object) -> object:
        """WordPress says false of an image that is gone."""
        return given if isinstance(given, str) else ""


class WooLine(WithMeta):
    id: int
    name: str
    parent_name: str = ""
    product_id: int = 0
    variation_id: int = 0
    quantity: int
    subtotal: Decimal
    subtotal_tax: Decimal = Decimal(0)
    image: Image | None = None

    @validator("image", pre=True)
    def one_image(cls, given: object) -> object:
        return given if isinstance(given, dict) else None  # PHP's empty array is []


class RefundSummary(Woo):
    id: int
    reason: str = ""
    total: Decimal  # negative


class WooOrder(WithMeta):
    id: int
    number: str
    status: str
    currency: str
    date_created_gmt: datetime | None
    date_paid_gmt: datetime | None = None
    date_completed_gmt: datetime | None = None
    discount_total: Decimal
    discount_tax: Decimal = Decimal(0)
    shipping_total: Decimal
    shipping_tax: Decimal = Decimal(0)
    total: Decimal
    total_tax: Decimal = Decimal(0)
    customer_id: int
    billing: WooAddress
    shipping: WooAddress
    payment_method: str = ""
    payment_method_title: str = ""
    line_items: list[WooLine]
    refunds: list[RefundSummary] = []

    @validator("line_items", "refunds", pre=True)
    def listed(cls, given: object) -> object:
        return _as_list(given)


class RefundLine(WithMeta):
    quantity: int  # negative


class WooRefund(WithMeta):
    id: int
    amount: Decimal
    reason: str = ""
    date_created_gmt: datetime | None = None
    line_items: list[RefundLine] = []


class Note(Woo):
    id: int
    note: str


class Fulfillment(WithMeta):
    id: int
    is_fulfilled: bool
    date_updated: datetime | None = None
    date_deleted: str | None = None


class Currency(Woo):
    code: str


class State(Woo):
    code: str
    name: str


class Country(Woo):
    code: str
    states: list[State] = []


class Category(Woo):
    name: str


class Categorised(Woo):
    id: int
    categories: list[Category] = []


class Attribute(Woo):
    name: str
    option: str = ""


class Sellable(Woo):
    """What a product and a variation have in common."""

    id: int
    price: str  # "" when the shop has set none
    purchasable: bool = True
    stock_status: str = "instock"
    stock_quantity: int | None = None
    backorders_allowed: bool = False


class Variation(Sellable):
    attributes: list[Attribute] = []


class WooProduct(Sellable):
    name: str
    type: str
    status: str = "publish"
    permalink: str = ""
    short_description: str = ""
    description: str = ""
    catalog_visibility: str = "visible"
    categories: list[Category] = []
    images: list[Image] = []


def _as_list(given: object) -> object:
    if isinstance(given, dict):
        return list(given.values())
    return [] if given is None else given
