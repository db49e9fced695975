"""What to recommend: plain rules over the catalogue, what the shopper bought, and ``data/recommend.yml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, Extra

from bot.orders.habits import Habits
from bot.orders.options_asked import in_stock, size_option, values_of, variants_like
from bot.orders.product_words import Phrases, ProductWords
from bot.store.models import Product, Variant
from bot.store.money import Money

MOST = 3
BEST_SELLERS = 10  # products at the head of the catalogue that are called so
ANOTHER_CATEGORY = 99  # place of what is none of the shopper's own categories
SELF = "me"


class Choice(BaseModel, extra=Extra.forbid):
    """Who or what a wish is about: the words for it, and what fits, the best first."""

    said: list[str]
    things: list[str] = []
    categories: list[str] = []


class RecommendRules(BaseModel, extra=Extra.forbid):
    consumable: list[str]
    never: list[str]
    first: list[str]
    sized: list[str]
    people: dict[str, Choice]
    taste: dict[str, Choice]


@dataclass(frozen=True)
class Wish:
    """What is asked for. ``things`` are kinds of ``data/products.yml``; ``like``: something similar to this."""

    person: str | None = None
    taste: str | None = None
    things: tuple[str, ...] = ()
    limit: Money | None = None
    like: Product | None = None
    cheaper: bool = False

    @property
    def says_what(self) -> bool:
        """Whether it is known whom or what it is for, or what it may cost."""
        return bool((self.person and self.person != SELF) or self.taste or self.things or self.like or self.limit)

    @property
    def for_self(self) -> bool:
        return self.person in (None, SELF)


@dataclass(frozen=True)
class Suggestion:
    """``variants``: in stock, in the shopper's size where that counts. ``reasons``: code and the word for its sentence.

    Codes: similar, cheaper (a title), taste, people (names of the rules), size (the size), limit, best_seller, again,
    in_stock.
    """

    product: Product
    variants: tuple[Variant, ...]
    reasons: tuple[tuple[str, str], ...]


def read_wish(text: str, rules: RecommendRules, words: ProductWords) -> Wish:
    """Whom and what a text wants something for; neither product nor price."""
    person, taste = _first_said(text, rules.people, words), _first_said(text, rules.taste, words)
    return Wish(person=person, taste=taste, things=tuple(words.things_in(text)))


def recommend(
    products: Sequence[Product],
    wish: Wish,
    habits: Habits,
    rules: RecommendRules,
    words: ProductWords,
    *,
    cheapest_first: bool = False,
) -> list[Suggestion]:
    """At most three, the best first; never what is out of stock or bought already, unless it is used up.

    Args:
        products: the catalogue, best-selling first.
    """
    own = habits if wish.for_self else Habits(bought=habits.bought)
    fitting: list[tuple[int, Suggestion]] = []
    for rank, product in enumerate(products):
        place = _place(product, wish, own, rules, words)
        variants = _to_have(product, wish, own, words)
        if place is not None and variants and not _unwanted(product, habits, rules):
            fitting.append((place, Suggestion(product, tuple(variants), _reasons(product, rank, wish, own))))
    if cheapest_first:
        fitting.sort(key=lambda each: _cheapest(each[1]))
        return [suggestion for _, suggestion in fitting[:MOST]]
    fitting.sort(key=lambda each: each[0])
    return _varied(fitting)


def _place(product: Product, wish: Wish, habits: Habits, rules: RecommendRules, words: ProductWords) -> int | None:
    """How near a product comes to the wish, 0 the nearest; ``None``: not at all."""
    if wish.like is not None:
        return 0 if product.category == wish.like.category and product.id != wish.like.id else None
    if wish.things:
        return _place_among(wish.things, product, words)
    choice = rules.taste.get(wish.taste or "") or rules.people.get(wish.person or "")
    if choice is not None and (choice.things or choice.categories):
        place = _place_among(choice.things, product, words)
        if place is None and product.category in choice.categories:
            return len(choice.things) + choice.categories.index(product.category)
        return place
    if habits.categories and product.category not in habits.categories:
        return ANOTHER_CATEGORY
    return habits.categories.index(product.category) if habits.categories else 0


def _place_among(things: Sequence[str], product: Product, words: ProductWords) -> int | None:
    kinds = enumerate(words.things[name] for name in things)
    return next((place for place, kind in kinds if kind.is_one(product.title, product.category)), None)


def _to_have(product: Product, wish: Wish, habits: Habits, words: ProductWords) -> list[Variant]:
    variants = in_stock(product.variants)
    name, size = size_option(product, words), habits.sizes.get(product.category)
    if name and size:
        known = size in values_of(product)[name]
        variants = in_stock(variants_like(product, {name: [size]})) if known else []
    return [each for each in variants if _affordable(each, wish)]


def _affordable(variant: Variant, wish: Wish) -> bool:
    """A limit in another currency is none that could be kept."""
    price, limit = variant.price, wish.limit
    if limit and limit.currency == price.currency and price.amount > limit.amount:
        return False
    if wish.cheaper and wish.like and wish.like.variants:
        return price.amount < min(each.price.amount for each in wish.like.variants)
    return True


def _unwanted(product: Product, habits: Habits, rules: RecommendRules) -> bool:
    again = product.category in rules.consumable
    return product.id in rules.never or (product.id in habits.bought and not again)


def _reasons(product: Product, rank: int, wish: Wish, habits: Habits) -> tuple[tuple[str, str], ...]:
    reasons: list[tuple[str, str]] = []
    if wish.like is not None:
        reasons.append(("cheaper" if wish.cheaper else "similar", wish.like.title))
    elif wish.taste and not wish.things:
        reasons.append(("taste", wish.taste))
    elif not wish.for_self and wish.person:
        reasons.append(("people", wish.person))
    if size := habits.sizes.get(product.category):
        reasons.append(("size", size))
    if wish.limit is not None and all(each.price.currency == wish.limit.currency for each in product.variants):
        reasons.append(("limit", ""))
    if not reasons and product.id in habits.bought:
        reasons.append(("again", ""))
    if not reasons:
        reasons.append(("best_seller" if rank < BEST_SELLERS else "in_stock", ""))
    return tuple(reasons)


def _varied(fitting: list[tuple[int, Suggestion]]) -> list[Suggestion]:
    """One of each place first, so that three things are shown rather than three of one kind."""
    taken: dict[int, int] = {}
    turns: list[tuple[int, int]] = []
    for place, _ in fitting:
        taken[place] = taken.get(place, 0) + 1
        turns.append((taken[place], place))
    in_turn = sorted(range(len(fitting)), key=lambda index: turns[index])
    return [fitting[index][1] for index in in_turn[:MOST]]


def _cheapest(suggestion: Suggestion) -> Decimal:
    return min(variant.price.amount for variant in suggestion.variants)


def _first_said(text: str, choices: Mapping[str, Choice], words: ProductWords) -> str | None:
    said = {phrase: name for name, choice in choices.items() for phrase in choice.said}
    found = Phrases(said, [*words.endings, "'s", "s"]).find(text)
    return found[0][2] if found else None


@lru_cache(maxsize=4)
def recommend_rules(path: Path) -> RecommendRules:
    """The rules of a file; read once.

    Raises:
        FileNotFoundError: there is none.
        pydantic.ValidationError: the file says something that is not understood.
    """
    return RecommendRules.parse_obj(yaml.safe_load(path.read_text("utf-8")))
