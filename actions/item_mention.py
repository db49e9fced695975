"""Which items of an order a message speaks of, by the words of their titles and options."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from actions.catalogue import the_words
from actions.hearing import Hearing
from bot.orders.product_names import named
from bot.orders.returnable import ReturnableItem

ALIKE = 0.84  # how alike two words must be to be one and a typo of it
BOTH, LARGEST = 2, 99  # pieces
KIND = ""  # stands for a word when an item is called by its kind
SHORT = 6  # words; a number in a longer message may be anything
SHORTEST = 4  # letters of a word that may be misspelled
EVERYTHING = frozenset({"all", "both"})  # values of the entity quantity


def items_mentioned(heard: Hearing, items: Sequence[ReturnableItem]) -> list[dict[str, Any]]:
    """``[{"id", "quantity"}]``, one piece each unless a number or "all" is said; empty: none, or not clear which."""
    spoken = set(re.findall(r"\w+", heard.text.lower()))
    words = {item.line_id: _words(item) for item in items}
    hits = {item.line_id: _heard_of(item, spoken) for item in items}
    if not any(hits.values()):
        hits = _of_kind(heard, items, hits)
    quantity = heard.value("quantity") or ""
    if quantity in EVERYTHING:
        chosen = [item for item in items if hits[item.line_id]] or list(items)
        return [{"id": item.line_id, "quantity": item.quantity} for item in chosen]
    chosen = [item for item in items if hits[item.line_id] - _of_others(item, items, words)] or _clearest(items, hits)
    if len([item for item in chosen if KIND in hits[item.line_id]]) > 1:
        chosen = []  # two of a kind: which of them is asked
    number = (int(quantity) if quantity.isdigit() else _count_beside(heard, chosen[0])) if len(chosen) == 1 else 1
    return [{"id": item.line_id, "quantity": number} for item in chosen]


def _count_beside(heard: Hearing, item: ReturnableItem) -> int:
    """ "2 kaos", "kaosnya 2": a number beside the name, where there are so many of the item and it is no size."""
    numbers = numbers_in(heard.text)
    sizes = {value.lower() for value in item.options.values()}
    if heard.words > SHORT or len(numbers) != 1 or numbers[0] in sizes:
        return 1
    return int(numbers[0]) if 1 <= int(numbers[0]) <= item.quantity else 1


def numbers_in(text: str) -> list[str]:
    """Numbers of one or two digits that stand by themselves."""
    return re.findall(r"(?<![\w#.-])\d{1,2}(?![\w.-])", text)


def _of_kind(heard: Hearing, items: Sequence[ReturnableItem], hits: dict[str, set[str]]) -> dict[str, set[str]]:
    """What is called by its kind, in any language ("kasut", "jilbab")."""
    meant = [item.line_id for item in named(heard.text, items, the_words())]
    return {line: {KIND} if line in meant else set() for line in hits}


def names_items(heard: Hearing, items: Sequence[ReturnableItem]) -> bool:
    spoken = set(re.findall(r"\w+", heard.text.lower()))
    return any(_heard_of(item, spoken) for item in items) or bool(named(heard.text, items, the_words()))


def quantity_alone(
    heard: Hearing, chosen: Sequence[dict[str, Any]], items: Sequence[ReturnableItem]
) -> list[dict[str, Any]]:
    """The one item meant by a number alone ("make it 2"): the chosen one, else the only one there are so many of.

    "all three" means all pieces of the chosen item, where there are several.
    """
    if heard.value("quantity") in EVERYTHING:
        many = [item for item in items if len(chosen) == 1 and item.line_id == chosen[0]["id"] and item.quantity > 1]
        pieces = BOTH if heard.value("quantity") == "both" else LARGEST
        return [{"id": item.line_id, "quantity": min(pieces, item.quantity)} for item in many]
    numbers = numbers_in(heard.text)
    said_so = heard.value("quantity") or (numbers[0] if len(numbers) == 1 and heard.words <= SHORT else "")
    if not said_so.isdigit() or int(said_so) < 1:
        return []
    number = int(said_so)
    ids = [each["id"] for each in chosen] or [
        item.line_id for item in items if item.quantity >= number and item.quantity > 1
    ]
    return [{"id": ids[0], "quantity": number}] if len(ids) == 1 else []


def _clearest(items: Sequence[ReturnableItem], hits: dict[str, set[str]]) -> list[ReturnableItem]:
    """The one item with the most words in common; none when several are equal."""
    most = max((len(each) for each in hits.values()), default=0)
    best = [item for item in items if most and len(hits[item.line_id]) == most]
    return best if len(best) == 1 else []


def _of_others(item: ReturnableItem, items: Sequence[ReturnableItem], words: dict[str, set[str]]) -> set[str]:
    return set().union(*(words[each.line_id] for each in items if each is not item))


def _words(item: ReturnableItem) -> set[str]:
    return _title_words(item) | _option_words(item)


def _title_words(item: ReturnableItem) -> set[str]:
    return {word for word in re.findall(r"\w+", item.title.lower()) if len(word) > 2}


def _option_words(item: ReturnableItem) -> set[str]:
    return {word for value in item.options.values() for word in re.findall(r"\w+", value.lower())}


def _heard_of(item: ReturnableItem, spoken: set[str]) -> set[str]:
    """Its words that were said. Options as they are written only: "my money back" names nothing that is black."""
    return {word for word in _title_words(item) if said(word, spoken)} | (_option_words(item) & spoken)


def said(word: str, spoken: set[str]) -> bool:
    """In the singular, the plural, or with a typing error."""
    if spoken & {word, f"{word}s", word.removesuffix("s")}:
        return True
    return len(word) >= SHORTEST and any(
        len(each) >= SHORTEST and SequenceMatcher(None, word, each).ratio() >= ALIKE for each in spoken
    )
