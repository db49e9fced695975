"""What shoppers call the products, beyond their titles: ``data/products.yml``, the shop's to write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, Extra


class Thing(BaseModel, extra=Extra.forbid):
    """A kind of thing: products of some categories, or with some words in the title."""

    categories: list[str] = []
    titles: list[str] = []
    said: list[str]

    def is_one(self, title: str, category: str) -> bool:
        """Whether a product of this title and category is one."""
        return category in self.categories or any(has_word(title, word) for word in self.titles)


class Heard(BaseModel, extra=Extra.forbid):
    """Phrases of messages about what was bought before, and about what else there is."""

    bought: list[str]
    order: list[str]
    arrives: list[str]
    latest: list[str]
    before: list[str]
    bigger: list[str]
    smaller: list[str]
    size: list[str]
    restock: list[str]
    similar: list[str]
    cheaper: list[str]


class _File(BaseModel, extra=Extra.forbid):
    things: dict[str, Thing]
    options: dict[str, list[str]]
    colours: list[str]
    endings: list[str]
    size_words: list[str]
    size_options: list[str]
    heard: Heard


class ProductWords:
    """``options``: the store's own word for a size or colour, and the others; ``colours`` may be asked for in vain."""

    def __init__(self, content: Mapping[str, object]) -> None:
        file = _File.parse_obj(content)
        self.things = file.things
        self.options = file.options
        self.colours = file.colours
        self.endings = file.endings
        self.size_words = file.size_words
        self.size_options = frozenset(file.size_options)
        said = {phrase: name for name, thing in file.things.items() for phrase in thing.said}
        self._things = Phrases(said, file.endings)
        heard: Mapping[str, list[str]] = file.heard.dict()
        self._heard = {name: Phrases(dict.fromkeys(phrases, name), file.endings) for name, phrases in heard.items()}

    def things_in(self, text: str) -> list[str]:
        """The kinds of thing that a text names, in its order; of overlapping names the longest counts."""
        return list(dict.fromkeys(code for _, _, code in self._things.find(text)))

    def without_categories(self, text: str) -> str:
        """The text with blanks for the words that mean a whole category."""
        for start, end, name in self._things.find(text):
            if self.things[name].categories:
                text = text[:start] + " " * (end - start) + text[end:]
        return text

    def says(self, text: str, about: str) -> bool:
        """Whether one of the phrases of ``heard.<about>`` stands in the text."""
        return bool(self.spans(text, about))

    def spans(self, text: str, about: str) -> list[tuple[int, int]]:
        """Where they stand."""
        return [(start, end) for start, end, _ in self._heard[about].find(text)]


class Phrases:
    """Finds phrases as whole words, with one of the endings or none, the longest first."""

    def __init__(self, codes: Mapping[str, str], endings: Iterable[str] = ()) -> None:
        self._codes = {_plain(phrase): code for phrase, code in codes.items()}
        longest_first = sorted(self._codes, key=len, reverse=True)
        phrases = "|".join(re.escape(phrase) for phrase in longest_first) or r"(?!)"
        suffix = "|".join(re.escape(ending) for ending in endings) or r"(?!)"
        self._pattern = re.compile(rf"(?<!\w)({phrases})(?:{suffix})?(?!\w)")

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """``(start, end, code)``, in the text's order."""
        return [(match.start(), match.end(), self._codes[match[1]]) for match in self._pattern.finditer(_plain(text))]


def has_word(text: str, phrase: str) -> bool:
    """Whether the phrase stands in the text as whole words."""
    return re.search(rf"(?<!\w){re.escape(_plain(phrase))}(?!\w)", _plain(text)) is not None


def _plain(text: str) -> str:
    """Small letters and straight apostrophes, each character in its place."""
    small = text.lower().replace("’", "'")
    return small if len(small) == len(text) else text


@lru_cache(maxsize=4)
def product_words(path: Path) -> ProductWords:
    """The words of a file; read once.

    Raises:
        FileNotFoundError: there is none.
        pydantic.ValidationError: the file says something that is not understood.
    """
    return ProductWords(yaml.safe_load(path.read_text("utf-8")))
