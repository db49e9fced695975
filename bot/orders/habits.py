"""What a shopper's own orders tell: what they have bought, and which size they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.orders.options_asked import size_option, values_of
from bot.orders.product_words import ProductWords
from bot.store.models import Line, Order, OrderState, Product


@dataclass(frozen=True)
class Habits:
    """What a shopper has bought: ``sizes`` by category, the latest that was kept; ``categories`` most bought first."""

    bought: frozenset[str] = frozenset()
    categories: tuple[str, ...] = ()
    sizes: Mapping[str, str] = field(default_factory=dict)


class SizeBefore(NamedTuple):
    size: str
    order: Order
    line: Line


def habits_of(orders: Sequence[Order], words: ProductWords, sized: Sequence[str]) -> Habits:
    """What was cancelled or went back tells nothing.

    Args:
        orders: newest first.
        sized: categories in which people have a size of their own.
    """
    sizes: dict[str, str] = {}
    counts: dict[str, int] = {}
    for _, line in _kept(orders):
        counts[line.category] = counts.get(line.category, 0) + 1
        size = size_of(line, words)
        if size and line.category in sized:
            sizes.setdefault(line.category, size)
    bought = frozenset(line.product_id for order in orders for line in order.lines)
    return Habits(bought, tuple(sorted(counts, key=lambda category: -counts[category])), sizes)


def last_size(
    orders: Sequence[Order], product: Product, words: ProductWords, without: str | None = None
) -> SizeBefore | None:
    """The size in which this product was bought last, else something of its category with the same sizes.

    Args:
        orders: newest first.
        without: a line of which it is not to be taken (the one that does not fit).
    """
    name = size_option(product, words)
    sizes = values_of(product).get(name, []) if name else []
    found = [
        SizeBefore(size, order, line)
        for order, line in _kept(orders)
        if (size := size_of(line, words)) in sizes and f"{order.id}/{line.id}" != without
        if line.product_id == product.id or (line.category and line.category == product.category)
    ]
    return next((each for each in found if each.line.product_id == product.id), found[0] if found else None)


def size_of(line: Line, words: ProductWords) -> str:
    """The size that a line was bought in; empty for what has none."""
    return next((value for name, value in line.options.items() if name.lower() in words.size_options), "")


def _kept(orders: Sequence[Order]) -> Iterator[tuple[Order, Line]]:
    for order in orders:
        if order.state is not OrderState.cancelled:
            yield from ((order, line) for line in order.lines if not line.returned_quantity)
