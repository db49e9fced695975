"""Which products, or lines of orders, a text names: by their titles, and by what people call such things."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

from bot.nlu.products import ProductFinder
from bot.orders.product_words import ProductWords

SURE = 0.6  # a title with what it is; "rice" of "rice cooker" alone is less
FINDERS_KEPT = 64  # of a few orders' titles each; the catalogue's is one of them


class Titled(Protocol):
    """A product, or what stands for one in an order."""

    @property
    def title(self) -> str: ...

    @property
    def category(self) -> str: ...


Goods = TypeVar("Goods", bound=Titled)


def named(text: str, goods: Sequence[Goods], words: ProductWords, least: float = 0.0) -> list[Goods]:
    """What the text names, in the order of ``goods``: by title, or all of a kind ("kasut").

    Args:
        least: score of a title from which on it counts; below ``SURE`` the text may speak of something else.
    """
    if not text or not goods:
        return []
    kinds = {name: words.things[name] for name in words.things_in(text)}
    finder = finder_of(tuple(dict.fromkeys(each.title for each in goods)), words)
    # "Shoes" means all of them, though one of them has the word in its title.
    titles = {found.value for found in finder.find(words.without_categories(text)) if found.score >= least}
    by_title = [each for each in goods if each.title in titles]
    unnamed = [kind for kind in kinds.values() if not any(kind.is_one(each.title, each.category) for each in by_title)]
    return [
        each
        for each in goods
        if each.title in titles or any(kind.is_one(each.title, each.category) for kind in unnamed)
    ]


@lru_cache(maxsize=FINDERS_KEPT)
def finder_of(titles: tuple[str, ...], words: ProductWords) -> ProductFinder:
    """One finder for the same titles; making it takes longer than many a search."""
    things = {title: thing.said for thing in words.things.values() for title in thing.titles}
    return ProductFinder(titles, things=things, endings=words.endings)
