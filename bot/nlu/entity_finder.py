"""Finds what shoppers mention: numbers, contacts, dates, money, places, quantities, languages; without Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from spacy.tokens import Doc

from bot.nlu.contact_details import emails, phones
from bot.nlu.dates import DateFinder
from bot.nlu.found import Found, overlaps
from bot.nlu.language_names import LanguageNameFinder
from bot.nlu.money import MoneyFinder
from bot.nlu.numbers import NumberFinder
from bot.nlu.numerals import Numerals
from bot.nlu.patterns import load_currencies, load_language_names, load_shapes, load_words
from bot.nlu.phrases import word_splitter
from bot.nlu.place_names import PlaceFinder
from bot.nlu.quantities import QuantityFinder
from bot.nlu.streets import StreetFinder
from bot.places.gazetteer import gazetteer

LONGEST = 4000  # characters that are looked at
LANGUAGES = ("en", "id", "ms")
REGIONS = ("MY", "ID", "SG", "PH")
_SPACES = re.compile(r"[^\S\n]{2,}")


class EntityFinder:
    """Made once, used for any number of texts.

    Args:
        languages: two-letter codes whose words are known, all at once.
        regions: ISO codes of the countries whose phone numbers are known, the likeliest first.
    """

    def __init__(self, languages: Sequence[str] = LANGUAGES, regions: Sequence[str] = REGIONS) -> None:
        words, places, nlp = load_words(languages), gazetteer(), word_splitter()
        self._nlp = nlp
        self._regions = tuple(regions)
        self._numerals = Numerals(nlp, [of_language.numbers for of_language in words.values()])
        self._dates = DateFinder(nlp, words)
        self._money = MoneyFinder(load_currencies(), words)
        self._places = PlaceFinder(nlp, places)
        self._streets = StreetFinder(nlp, words, places.before_place)
        self._numbers = NumberFinder(nlp, load_shapes(), words, places.in_country("PH"))
        self._quantities = QuantityFinder(nlp, words)
        self._language_names = LanguageNameFinder(nlp, load_language_names())

    def find(self, text: str, today: date, language: str = "") -> list[Found]:
        """All entities of a text, in the order they stand in it.

        Args:
            text: what was typed.
            today: the shop's own calendar day, which "kemarin" and "12 May" are counted from.
            language: the text's, two letters, if that is known; a word of several languages is read in this one.
        """
        gaps = list(_SPACES.finditer(text[:LONGEST]))
        doc = self._nlp.make_doc(_SPACES.sub(" ", text[:LONGEST]))
        found = self._in(doc, today, language)
        return [_moved(each, gaps) for each in found] if gaps else found

    def _in(self, doc: Doc, today: date, language: str) -> list[Found]:
        text = doc.text
        numerals = self._numerals.find(doc)
        found = list(emails(text))
        places = _free(self._places.find(doc), found)
        streets = _free(self._streets.find(doc, places), found)
        dates = _free(self._dates.find(doc, numerals, today, language), [*found, *streets])
        money = _free(self._money.find(doc, numerals, language), [*found, *streets, *dates])
        if any(letter.isdigit() for letter in text):
            maybe_phones = _free(phones(text, self._regions), [*found, *dates])
            found += _free(self._numbers.find(doc, maybe_phones, [*streets, *dates, *money, *places]), found)
        dates, money = _free(dates, found), _free(money, found)
        taken = [*found, *streets, *dates, *money]
        tokens = {
            token.i for token in doc if taken and overlaps(Found("", "", token.idx, token.idx + len(token)), taken)
        }
        found += [*places, *streets, *dates, *money, *self._quantities.find(doc, numerals, tokens)]
        found += self._language_names.find(doc)
        return sorted(found, key=lambda entity: (entity.start, entity.entity))


def _free(candidates: Iterable[Found], taken: Sequence[Found]) -> list[Found]:
    return [candidate for candidate in candidates if not overlaps(candidate, taken)]


def _moved(found: Found, gaps: Sequence[re.Match[str]]) -> Found:
    """The place in the text as it was typed, with all its spaces."""
    start, end = found.start, found.end
    for gap in gaps:
        lost = gap.end() - gap.start() - 1
        start += lost if gap.start() < start else 0
        end += lost if gap.start() < end else 0
    return Found(found.entity, found.value, start, end)


@lru_cache(maxsize=4)
def entity_finder(languages: tuple[str, ...] = LANGUAGES, regions: tuple[str, ...] = REGIONS) -> EntityFinder:
    """One finder for each set-up, shared within a process."""
    return EntityFinder(languages, regions)
