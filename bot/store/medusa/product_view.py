"""Medusa's product as ours: one price in one currency, stock over all locations."""

from __future__ import annotations

from bot.store.medusa.raw_product import RawPrice, RawProduct, RawVariant
from bot.store.models import Product, Variant
from bot.store.money import Money


def product_view(raw: RawProduct, currency: str, address: str) -> Product:
    """
    Args:
        currency: of the prices, "MYR"; a variant without a price in it is not offered.
        address: of a product's page, with {handle} in it; empty: what the product's metadata says.
    """
    page = str(raw.metadata.get("url") or "")
    if not page and address and raw.handle:
        page = address.replace("{handle}", raw.handle)
    return Product(
        id=raw.id,
        title=raw.title,
        category=raw.type.value if raw.type else "",
        description=raw.description or "",
        image=raw.thumbnail or "",
        url=page,
        variants=variant_views(raw, currency),
    )


def variant_views(raw: RawProduct, currency: str) -> list[Variant]:
    return [_variant(raw.id, each, price, currency) for each in raw.variants if (price := _price(each, currency))]


def _variant(product_id: str, raw: RawVariant, price: RawPrice, currency: str) -> Variant:
    stock = _stock(raw)
    return Variant(
        id=raw.id,
        product_id=product_id,
        options={value.option.title: value.value for value in raw.options},
        price=Money(amount=price.amount, currency=currency),
        available=stock is None or stock > 0 or raw.allow_backorder,
        stock=None if raw.allow_backorder else stock,
    )


def _price(raw: RawVariant, currency: str) -> RawPrice | None:
    """The plain price of one piece: no price list's, no region's of its own, none for many."""
    plain = [
        price
        for price in raw.prices
        if price.currency_code.upper() == currency and price.price_list_id is None and (price.min_quantity or 0) <= 1
    ]
    return min(plain, key=lambda price: (len(price.rules), price.amount), default=None)


def _stock(raw: RawVariant) -> int | None:
    """Pieces not yet reserved; a kit has as many as its scarcest part allows. None: Medusa does not count them."""
    if not raw.manage_inventory or not raw.inventory_items:
        return None
    left = []
    for part in raw.inventory_items:
        inventory = part.inventory
        stocked, reserved = (inventory.stocked_quantity, inventory.reserved_quantity) if inventory else (0, 0)
        left.append(((stocked or 0) - (reserved or 0)) // max(part.required_quantity, 1))
    return max(0, min(left))
