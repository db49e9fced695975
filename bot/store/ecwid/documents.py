"""Ecwid's JSON as far as Ramah reads it, in Ecwid's own names (https://docs.ecwid.com/api-reference/rest-api).

Whatever Ecwid leaves out of an answer, or gives as null, is optional here; the rest must be there.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import partial

from pydantic import BaseModel


class Document(BaseModel):
    class Config:
        frozen = True
        extra = "ignore"
        json_loads = partial(json.loads, parse_float=Decimal)  # 19.90 stays 19.90


class Option(Document):
    """A product option that was chosen; a variation's options look the same."""

    name: str
    value: str | None = None
    valuesArray: list[str] | None = None

    @property
    def text(self) -> str:
        return self.value or ", ".join(self.valuesArray or [])


class Item(Document):
    id: int
    productId: int | None = None  # an item that staff typed in belongs to no product
    categoryId: int | None = None
    combinationId: int | None = None
    name: str
    price: Decimal
    quantity: int
    imageUrl: str | None = None
    selectedOptions: list[Option] | None = None


class Person(Document):
    """``street``: line 1 and line 2, separated by a newline."""

    name: str | None = None
    companyName: str | None = None
    street: str | None = None
    city: str | None = None
    countryCode: str | None = None
    postalCode: str | None = None
    stateOrProvinceCode: str | None = None
    stateOrProvinceName: str | None = None
    phone: str | None = None


class ShippingOption(Document):
    shippingCarrierName: str | None = None
    shippingMethodName: str | None = None
    shippingRate: Decimal | None = None
    isPickup: bool | None = None
    fulfillmentType: str | None = None

    @property
    def is_pick_up(self) -> bool:
        return bool(self.isPickup) or (self.fulfillmentType or "").lower() == "pickup"


class HandlingFee(Document):
    value: Decimal | None = None


class Refund(Document):
    date: str | None = None
    amount: Decimal | None = None


class Tracking(Document):
    trackingNumber: str | None = None
    trackingUrl: str | None = None
    tracking_number: str | None = None  # the documents name it in both ways
    tracking_url: str | None = None


class Label(Document):
    """A shipping label that was bought in Ecwid."""

    tracking: Tracking | None = None


class ExtraField(Document):
    id: str | None = None
    value: str | None = None
    title: str | None = None


class EcwidOrder(Document):
    id: str
    internalId: int | None = None
    orderNumber: int | None = None
    vendorOrderNumber: str | None = None
    email: str | None = None
    customerId: int | None = None
    total: Decimal
    discount: Decimal | None = None
    couponDiscount: Decimal | None = None
    paymentStatus: str
    fulfillmentStatus: str
    paymentMethod: str | None = None
    paymentModule: str | None = None
    refundedAmount: Decimal | None = None
    refunds: list[Refund] | None = None
    createTimestamp: int  # seconds since 1970
    items: list[Item]
    shippingPerson: Person | None = None
    billingPerson: Person | None = None
    shippingOption: ShippingOption | None = None
    handlingFee: HandlingFee | None = None
    trackingNumber: str | None = None
    shipments: list[Label] | None = None
    privateAdminNotes: str | None = None
    orderExtraFields: list[ExtraField] | None = None


class Combination(Document):
    """A product variation."""

    id: int
    options: list[Option] | None = None
    quantity: int | None = None
    unlimited: bool | None = None
    inStock: bool | None = None
    price: Decimal | None = None
    defaultDisplayedPrice: Decimal | None = None


class EcwidProduct(Document):
    id: int
    name: str
    price: Decimal
    defaultDisplayedPrice: Decimal | None = None
    quantity: int | None = None
    unlimited: bool | None = None
    inStock: bool | None = None
    enabled: bool
    description: str | None = None  # HTML
    imageUrl: str | None = None
    url: str | None = None
    defaultCategoryId: int | None = None
    categoryIds: list[int] | None = None
    combinations: list[Combination] | None = None


class Category(Document):
    id: int
    name: str


class Formats(Document):
    currency: str


class Profile(Document):
    formatsAndUnits: Formats


class OrderStatus(Document):
    statusId: str
    enabled: bool | None = None
    name: str | None = None  # of the shop's own statuses


class OrderStatuses(Document):
    items: list[OrderStatus]


class Orders(Document):
    total: int
    count: int
    offset: int
    items: list[EcwidOrder]


class Products(Document):
    total: int
    count: int
    offset: int
    items: list[EcwidProduct]


class Categories(Document):
    total: int
    count: int
    offset: int
    items: list[Category]


class Updated(Document):
    updateCount: int


class Created(Document):
    createCount: int
