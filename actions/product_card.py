"""Products as they are shown: a card with price, note, picture and link (docs/contracts.md, Cards)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions.voice import Voice
from bot.orders.options_asked import values_of
from bot.store.models import Product, Variant


def products_card(shown: Sequence[tuple[Product, str]], voice: Voice) -> dict[str, Any]:
    """``shown``: products, each with a note in words, or none."""
    return {"type": "products", "items": [_item(product, note, voice) for product, note in shown]}


def _item(product: Product, note: str, voice: Voice) -> dict[str, str]:
    item = {"title": product.title, "price": price_text(product.variants, voice)}
    link = product.url if product.url.startswith(("https://", "/")) else ""
    for name, value in (("options", note), ("image", product.image), ("url", link)):
        if value:
            item[name] = value
    return item


def price_text(variants: Sequence[Variant], voice: Voice) -> str:
    """ "RM 119.00", or "RM 119.00 to RM 148.75" where the variants differ; empty without any."""
    if not variants:
        return ""
    cheapest = min(variants, key=lambda variant: variant.price.amount)
    dearest = max(variants, key=lambda variant: variant.price.amount)
    if cheapest.price == dearest.price:
        return voice.formats.money(cheapest.price)
    least, most = voice.formats.money(cheapest.price), voice.formats.money(dearest.price)
    return voice.words.text("products.price_range", least=least, most=most)


def plain_options(options: Mapping[str, str]) -> str:
    """ "navy, M": a size and a colour need no names."""
    return ", ".join(options.values())


def stock_text(product: Product, variants: Sequence[Variant], voice: Voice) -> str:
    """What of these variants there is, one line a first option: "white: 37, 38 and 39"; empty without options."""
    names = list(values_of(product))
    if not names or not variants:
        return ""
    if len(names) == 1:
        return voice.formats.listed(values_of(product, variants)[names[0]])
    first, second = names[:2]
    lines = []
    for value in values_of(product, variants)[first]:
        own = [variant for variant in variants if variant.options.get(first) == value]
        of_second = values_of(product, own).get(second, [])
        lines.append(voice.words.text("products.stock_line", value=value, values=voice.formats.listed(of_second)))
    return "\n".join(lines)
