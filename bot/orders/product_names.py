"""Which products, or lines of orders, a text names: by their titles, and by what people call such things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from bot.orders.product_words import ProductWords
from bot.orders.title_finder import ProductFinder


class Titled(Protocol):
    """A product, or what stands for one in an order."""

    @property
    def title(self) -> str: ...

    @property
    def category(self) -> str: ...


Goods = TypeVar("Goods", bound=Titled)
SHORTEST = 3  # letters of a title's word that counts


def named(text: str, goods: Sequence[Goods], words: ProductWords, finder: ProductFinder | None = None) -> list[Goods]:
    """What the text names, in the order of ``goods``: by title, else by kind ("kasut"), the nearest of that kind.

    Args:
        finder: of the goods' titles, where the caller has one already.
    """
    if not text or not goods:
        return []
    finder = finder or ProductFinder([each.title for each in goods])
    titles = {found.value for found in finder.find(text)}
    by_title = [each for each in goods if each.title in titles]
    kinds = [words.things[name] for name in words.things_in(text)]
    unnamed = [kind for kind in kinds if not any(kind.is_one(each.title, each.category) for each in by_title)]
    by_kind = [each for each in goods if any(kind.is_one(each.title, each.category) for kind in unnamed)]
    if by_title:
        return [each for each in goods if each in by_title or each in by_kind]
    return _nearest(text, by_kind)


def _nearest(text: str, goods: list[Goods]) -> list[Goods]:
    """Of several of a kind those with most words of the title in the text ("kemeja batik")."""
    spoken = set(re.findall(r"\w+", text.lower()))
    hits = [
        len(spoken & {word for word in re.findall(r"\w+", each.title.lower()) if len(word) >= SHORTEST})
        for each in goods
    ]
    return [each for each, count in zip(goods, hits, strict=True) if count == max(hits)]
