"""The demo shop's products with their variants, price lists and stock."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import product as combinations
from random import Random

from bot.demo_store.books import Document
from bot.demo_store.generator.data_files import data

PAGE = "/shop/product.html"  # of the demo shop, on the gateway's own host


def price_list(ringgit: Decimal) -> dict[str, str]:
    """A price in every currency the shop sells in, written as shops there write it."""
    return {currency: _price(ringgit, rule) for currency, rule in data("currencies").items()}


def build_catalogue(rng: Random) -> list[Document]:
    return [_product(entry, rng) for entry in data("products")]


def _product(entry: Document, rng: Random) -> Document:
    gone = [tuple(combination) for combination in entry.get("gone", [])]
    names = list(entry["options"])
    variants = [
        {
            "id": f"{entry['id']}-{_slug(chosen)}",
            "options": dict(zip(names, chosen, strict=True)),
            "prices": price_list(Decimal(str(entry["price"])) * _surcharge(index)),
            "stock": 0 if chosen in gone else rng.randint(3, 40),
        }
        for chosen, index in _combinations(entry["options"])
    ]
    return {
        "id": entry["id"],
        "title": entry["title"],
        "category": entry["category"],
        "description": entry["description"],
        "image": "",
        "url": f"{PAGE}#{entry['id']}",
        "final_sale": entry.get("final_sale", False),
        "variants": variants,
    }


def _combinations(options: dict[str, list[str]]) -> list[tuple[tuple[str, ...], int]]:
    """Every combination with the place of its last option: larger sizes, volumes and boxes cost more."""
    last = list(options.values())[-1]
    return [(chosen, last.index(chosen[-1])) for chosen in combinations(*options.values())]


def _surcharge(step: int) -> Decimal:
    return 1 + Decimal(step) / 20


def _price(ringgit: Decimal, rule: dict[str, str]) -> str:
    step = Decimal(rule["step"])
    steps = (ringgit * Decimal(rule["times"]) / step).quantize(Decimal(1), ROUND_HALF_UP)
    price = steps * step - Decimal(rule["less"])
    return str(price.quantize(Decimal(1) if step >= 1000 else Decimal("0.01")))


def _slug(chosen: tuple[str, ...]) -> str:
    return re.sub(r"[^a-z0-9]+", "_", "-".join(chosen).lower().replace("-", "__"))
