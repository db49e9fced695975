"""Products by words (all of the query's must be found, titles before descriptions) and by how well they sell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from bot.demo_store.books import Document
from bot.store.models import Product

NO_MATCH = 1_000_000


def matching(products: list[Product], query: str, limit: int) -> list[Product]:
    """At most ``limit`` products that hold every word of ``query``, best first; no word, no product."""
    wanted = re.findall(r"\w+", query.casefold())
    if not wanted:
        return []
    ranked = [(_misses(product, wanted), index) for index, product in enumerate(products)]
    return [products[index] for misses, index in sorted(ranked) if misses < NO_MATCH][:limit]


def pieces_sold(lines: Iterable[Document]) -> Counter[str]:
    """How many pieces of each product stand in orders, by the product's id."""
    pieces: Counter[str] = Counter()
    for line in lines:
        pieces[line["product_id"]] += line.get("quantity", 1)
    return pieces


def best_selling(products: list[Product], sold: Mapping[str, int]) -> list[Product]:
    """What sold most first; of equals the catalogue's own order."""
    return sorted(products, key=lambda product: -sold.get(product.id, 0))


def _misses(product: Product, wanted: list[str]) -> int:
    title = product.title.casefold()
    anywhere = f"{title} {product.category} {product.description}".casefold()
    if all(word in anywhere for word in wanted):
        return sum(word not in title for word in wanted)
    return NO_MATCH
