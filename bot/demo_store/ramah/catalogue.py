"""Products of Ramah's own format: one price a currency, stock in pieces."""

from __future__ import annotations

from decimal import Decimal

from bot.demo_store.books import Books, Document
from bot.store.errors import Invalid, NotAllowed, NotFound
from bot.store.models import Product, Variant
from bot.store.money import Money

HOME_CURRENCY = "MYR"


def product_view(body: Document) -> Product:
    """A product as the world sees it, priced in the shop's home currency."""
    return Product(
        id=body["id"],
        title=body["title"],
        category=body["category"],
        description=body["description"],
        image=body["image"],
        url=body.get("url", ""),
        variants=[
            Variant(
                id=each["id"],
                product_id=body["id"],
                options=each["options"],
                price=price_of(each, HOME_CURRENCY),
                available=each["stock"] > 0,
                stock=each["stock"],
            )
            for each in body["variants"]
        ],
    )


def price_of(variant: Document, currency: str) -> Money:
    return Money(amount=Decimal(variant["prices"][currency]), currency=currency)


def wanted_variant(books: Books, product_id: str, variant_id: str, quantity: int) -> Document:
    """The variant that shall take another one's place.

    Raises:
        Invalid: it is no variant of that product.
        NotAllowed: "out_of_stock".
    """
    for variant in _variants(books, product_id):
        if variant["id"] == variant_id:
            if variant["stock"] < quantity:
                raise NotAllowed("out_of_stock")
            return variant
    raise Invalid("new_variant_id")


def move_stock(books: Books, product_id: str, variant_id: str, pieces: int) -> None:
    """Put ``pieces`` back on the shelf (negative: take them off); what left the catalogue has no shelf."""
    try:
        body = books.product(product_id)
    except NotFound:
        return
    for variant in body["variants"]:
        if variant["id"] == variant_id:
            variant["stock"] += pieces
            books.put_product(product_id, body)


def _variants(books: Books, product_id: str) -> list[Document]:
    try:
        return list(books.product(product_id)["variants"])
    except NotFound:
        return []
