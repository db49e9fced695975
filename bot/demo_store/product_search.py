"""Products by words: all of the query's words must be found, titles before descriptions."""

from __future__ import annotations

import re

from bot.store.models import Product

NO_MATCH = 1_000_000


def matching(products: list[Product], query: str, limit: int) -> list[Product]:
    """At most ``limit`` products that hold every word of ``query``, best first; no word, no product."""
    wanted = re.findall(r"\w+", query.casefold())
    if not wanted:
        return []
    ranked = [(_misses(product, wanted), index) for index, product in enumerate(products)]
    return [products[index] for misses, index in sorted(ranked) if misses < NO_MATCH][:limit]


def _misses(product: Product, wanted: list[str]) -> int:
    title = product.title.casefold()
    anywhere = f"{title} {product.category} {product.description}".casefold()
    if all(word in anywhere for word in wanted):
        return sum(word not in title for word in wanted)
    return NO_MATCH
