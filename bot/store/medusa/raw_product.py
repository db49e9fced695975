"""A product as Medusa's Admin API gives it (product, pricing and inventory modules of Medusa 2.18)."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from bot.store.medusa.raw import Raw, WithMetadata
from bot.store.medusa.raw_order import RawOptionValue


class RawType(Raw):
    value: str


class RawPrice(Raw):
    amount: Decimal
    currency_code: str
    min_quantity: int | None = None
    price_list_id: str | None = None
    rules: dict[str, str] = Field(default_factory=dict)


class RawInventory(Raw):
    stocked_quantity: int | None = None
    reserved_quantity: int | None = None


class RawInventoryItem(Raw):
    required_quantity: int = 1
    inventory: RawInventory | None = None


class RawVariant(Raw):
    id: str
    title: str | None = None
    manage_inventory: bool = False
    allow_backorder: bool = False
    options: tuple[RawOptionValue, ...] = ()
    prices: tuple[RawPrice, ...] = ()
    inventory_items: tuple[RawInventoryItem, ...] = ()


class RawProduct(WithMetadata):
    id: str
    title: str
    description: str | None = None
    thumbnail: str | None = None
    handle: str | None = None
    status: str
    type: RawType | None = None
    variants: list[RawVariant]


class RawProductPage(Raw):
    products: list[RawProduct]
    count: int


class RawSoldItem(Raw):
    product_id: str | None = None
    quantity: int = 0


class RawSoldOrder(Raw):
    items: tuple[RawSoldItem, ...] = ()


class RawSold(Raw):
    orders: list[RawSoldOrder]


class RawCurrency(Raw):
    currency_code: str
    is_default: bool = False


class RawStore(Raw):
    supported_currencies: tuple[RawCurrency, ...] = ()


class RawStores(Raw):
    stores: list[RawStore]
