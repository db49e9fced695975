"""Finds what shoppers mention: order and tracking numbers, email, phone, postcode, quantities; without Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import spacy

from bot.nlu.contact_details import emails, phones
from bot.nlu.found import Found, overlaps
from bot.nlu.numbers import NumberFinder
from bot.nlu.patterns import load_shapes, load_words
from bot.nlu.quantities import QuantityFinder

LONGEST = 4000  # characters that are looked at


class EntityFinder:
    """Made once, used for any number of texts.

    Args:
        languages: two-letter codes whose words are known, the first one's rules split the text into words.
        regions: ISO codes of the countries whose phone numbers are known, the likeliest first.
    """

    def __init__(self, languages: Sequence[str] = ("en",), regions: Sequence[str] = ("MY", "ID", "SG", "PH")) -> None:
        words = load_words(languages)
        self._nlp = spacy.blank(languages[0])
        self._regions = tuple(regions)
        self._numbers = NumberFinder(self._nlp, load_shapes(), words)
        self._quantities = QuantityFinder(self._nlp, words)

    def find(self, text: str) -> list[Found]:
        """All entities of a text, in the order they stand in it."""
        doc = self._nlp.make_doc(text[:LONGEST])
        found = list(emails(doc))
        maybe_phones = [phone for phone in phones(doc.text, self._regions) if not overlaps(phone, found)]
        numbers = [number for number in self._numbers.find(doc, maybe_phones) if not overlaps(number, found)]
        found += numbers
        found += [quantity for quantity in self._quantities.find(doc) if not overlaps(quantity, found)]
        return sorted(found, key=lambda entity: (entity.start, entity.entity))


@lru_cache(maxsize=4)
def entity_finder(languages: tuple[str, ...], regions: tuple[str, ...]) -> EntityFinder:
    """One finder for each set-up, shared within a process."""
    return EntityFinder(languages, regions)
