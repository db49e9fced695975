"""From Ecwid's product with its variations ("combinations") to Ramah's."""

from __future__ import annotations

from html.parser import HTMLParser

from bot.store.ecwid.documents import Combination, EcwidProduct
from bot.store.ecwid.shop_facts import Facts
from bot.store.models import Product, Variant
from bot.store.money import Money


def product_of(raw: EcwidProduct, facts: Facts) -> Product:
    """A product without variations is its own only variant. A hidden product stays readable, but cannot be had."""
    places = [raw.defaultCategoryId, *(raw.categoryIds or [])]
    variants = [_variation(raw, each, facts) for each in raw.combinations or []]
    return Product(
        id=str(raw.id),
        title=raw.name,
        category=next((name for name in map(facts.category, places) if name), ""),
        description=text_of(raw.description or ""),
        image=raw.imageUrl or "",
        url=raw.url or "" if (raw.url or "").startswith("https://") else "",
        variants=variants or [_itself(raw, facts)],
    )


def _itself(raw: EcwidProduct, facts: Facts) -> Variant:
    price = raw.price if raw.defaultDisplayedPrice is None else raw.defaultDisplayedPrice
    return Variant(
        id=str(raw.id),
        product_id=str(raw.id),
        price=Money(amount=price, currency=facts.currency),
        available=raw.enabled and _in_stock(raw),
        stock=None if raw.unlimited else raw.quantity,
    )


def _variation(raw: EcwidProduct, each: Combination, facts: Facts) -> Variant:
    prices = (each.defaultDisplayedPrice, each.price, raw.defaultDisplayedPrice, raw.price)
    price = next(price for price in prices if price is not None)
    return Variant(
        id=str(each.id),
        product_id=str(raw.id),
        options={option.name: option.text for option in each.options or []},
        price=Money(amount=price, currency=facts.currency),
        available=raw.enabled and _in_stock(each),
        stock=None if each.unlimited else each.quantity,
    )


def _in_stock(thing: EcwidProduct | Combination) -> bool:
    if thing.inStock is not None:
        return thing.inStock
    return bool(thing.unlimited) or (thing.quantity or 0) > 0


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(" ")


def text_of(html: str) -> str:
    """A description's words in one line."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())
