"""From WooCommerce's products and variations to Ramah's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import unescape

from bot.store.models import Product, Variant
from bot.store.money import Money
from bot.store.woocommerce.documents import Category, Sellable, Variation, WooProduct
from bot.store.woocommerce.plain_text import plain_text

WITH_VARIATIONS = frozenset({"variable", "variable-subscription"})


def has_variations(product: WooProduct) -> bool:
    return product.type in WITH_VARIATIONS


def product_of(product: WooProduct, variations: Sequence[Variation], currency: str) -> Product:
    """A product without variations is its own only variant. What has no price is not for sale."""
    sellable: Sequence[Sellable] = variations if has_variations(product) else [product]
    return Product(
        id=str(product.id),
        title=unescape(product.name),
        category=category_of(product.categories),
        description=plain_text(product.short_description or product.description),
        image=product.images[0].src if product.images else "",
        url=product.permalink if product.permalink.startswith("https://") else "",
        variants=[_variant(product, each, currency) for each in sellable if each.price],
    )


def category_of(categories: list[Category]) -> str:
    """The first one that the shop has given."""
    return unescape(categories[0].name) if categories else ""


def _variant(product: WooProduct, sold: Sellable, currency: str) -> Variant:
    chosen = sold.attributes if isinstance(sold, Variation) else []
    return Variant(
        id=str(sold.id),
        product_id=str(product.id),
        options={unescape(each.name): unescape(each.option) for each in chosen if each.option},
        price=Money(amount=Decimal(sold.price), currency=currency),
        available=sold.purchasable and sold.stock_status != "outofstock",
        stock=None if sold.backorders_allowed else sold.stock_quantity,
    )
