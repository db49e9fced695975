"""A typed address in parts, and what each part says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from bot.orders.address_check import clean
from bot.orders.country_rules import CountryRules
from bot.orders.policy import Policy
from bot.places.address_words import address_words

LONGEST = 600


@dataclass
class Part:
    """``by_postcode``: stood in one piece with the postcode, before or after it."""

    text: str
    by_postcode: bool = False
    after_postcode: bool = False

    @property
    def is_street(self) -> bool:
        """Whether it is about a street or a house."""
        return _street().search(self.text) is not None

    @property
    def is_landmark(self) -> bool:
        return starts_with(self.text, address_words().landmark) != self.text

    def labelled(self, country: str) -> tuple[str, str] | None:
        """The field that the part says it is, and its text for that field: "Kec. Cilodong" is a district."""
        regency = address_words().regency.get(country)
        if regency and (rest := starts_with(self.text, regency.words)) != self.text:
            return "city", regency.name.format(name=rest)
        labels = address_words().labels.get(country)
        if labels is None:
            return None
        for name, words in labels.kept.items():
            if starts_with(self.text, words) != self.text:
                return name, self.text
        for name, words in labels.dropped.items():
            if (rest := starts_with(self.text, words)) != self.text:
                return name, rest
        return None


@dataclass
class Reading:
    """What is still to be read (``parts``), and what was ``found``: fields of ``Address``."""

    rules: CountryRules
    policy: Policy
    parts: list[Part]
    found: dict[str, str] = field(default_factory=dict)


def parts_of(text: str) -> list[str]:
    """Commas, semicolons and line breaks part an address, and so do labels like "Kec."."""
    labels = "|".join(_loosely(word) for word in address_words().begins_a_part)
    parted = re.sub(rf"(?<=\S)\s+(?=(?:{labels})[\s.:]+\S)", "\n", text[:LONGEST], flags=re.IGNORECASE)
    return [part for part in (clean(part) for part in re.split(r"[,;\n]+", parted)) if part]


def starts_with(text: str, words: Iterable[str]) -> str:
    """What stands behind one of the words at the beginning; the text itself where none of them does."""
    match = _beginning(tuple(words)).match(text)
    return text[match.end() :] if match else text


@lru_cache(maxsize=64)
def _beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(_loosely(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:{either})(?:\s*[.:]\s*|\s+)(?=\S)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _street() -> re.Pattern[str]:
    street = address_words().street
    first = "|".join(_loosely(word) for word in street.first)
    anywhere = "|".join(_loosely(word) for word in street.anywhere)
    return re.compile(rf"\d|^(?:{first})\b|\b(?:{anywhere})\b", re.IGNORECASE)


def _loosely(word: str) -> str:
    """ "a n" is also "a.n.", "kode pos" also "kode  pos"."""
    return r"[\s.]*".join(re.escape(each) for each in word.split())
