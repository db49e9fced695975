"""Streets in a text: "No 12, Jln Mawar 3", "Jl. Melati No. 5 RT 03/RW 07", "88 Rizal Street"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from bot.nlu.found import Found, overlaps
from bot.nlu.patterns import Words
from bot.nlu.phrases import PhraseBook, longest

LONGEST = 12  # tokens behind the first
ENDS = frozenset(",;?!()\n")
JOINTS = frozenset("/-#&")
HOUSE = frozenset({"no", "nombor", "nomor", "nomer", "lot", "unit", "blk", "blok", "block"})
POSTCODE_DIGITS = 5
HOUSE_DIGITS = 3  # a longer number without a word for it may be an order's
SHORT_WORD = 4  # letters of an abbreviation that a dot belongs to: "Jln.", "Kg."


class StreetFinder:
    """Finds streets with the words of some languages; places and postcodes end them."""

    def __init__(self, nlp: Language, languages: Mapping[str, Words], before_place: Collection[str]) -> None:
        kinds: list[tuple[str, Literal["before", "after"]]] = []
        for words in languages.values():
            kinds += [(word, "before") for word in words.street.before]
            kinds += [(word, "after") for word in words.street.after]
        self._book = PhraseBook(nlp, kinds)
        self._numbered = {word for words in languages.values() for word in words.street.numbered}
        self._measures = {word for words in languages.values() for word in words.context.get("measure", ())}
        self._never_next = {word for words in languages.values() for word in words.street.never_next}
        polite = {word for words in languages.values() for word in words.quantity.polite}
        self._stops = (self._never_next | polite | frozenset(before_place)) - {"no"}

    def find(self, doc: Doc, places: Collection[Found]) -> Iterator[Found]:
        """The value is the text itself.

        Args:
            doc: the text.
            places: towns and provinces in it.
        """
        phrases = longest(self._book.find(doc))
        at_places = (
            {token.i for token in doc if overlaps(_found(doc, token.i, token.i + 1), places)} if phrases else set()
        )
        reached = 0
        for phrase in phrases:
            if phrase.start < reached:
                continue
            if phrase.meaning == "before":
                span = self._behind(doc, phrase.start, phrase.end, at_places)
            else:
                span = _numbered(doc, phrase.start, phrase.end)
            if span is None:
                continue
            start, reached = span[0] if span[0] >= reached else phrase.start, span[1]
            if len(phrases) > 1 or at_places or any(token.text.isdecimal() for token in doc[start:reached]):
                yield _found(doc, start, reached)

    def _behind(self, doc: Doc, start: int, after: int, at_places: Collection[int]) -> tuple[int, int] | None:
        first = after + 1 if after < len(doc) and doc[after].text == "." else after
        if first >= len(doc) or not self._begins(doc, first):
            return None
        end = first
        while end < min(len(doc), first + LONGEST) and not self._stops_at(doc, end, at_places):
            end += 1
        while end > first and not doc[end - 1].text.isalnum():
            end -= 1
        return (_with_house(doc, start), end) if end > first else None

    def _begins(self, doc: Doc, i: int) -> bool:
        before = doc[i - 2] if doc[i - 1].text == "." else doc[i - 1]
        if before.lower_ in self._numbered and not (doc[i].text.isdecimal() or len(doc[i].text) == 1):
            return False
        if doc[i].text.isdecimal():
            return i + 1 >= len(doc) or doc[i + 1].lower_ not in self._measures
        return doc[i].is_alpha and doc[i].lower_ not in self._stops

    def _stops_at(self, doc: Doc, i: int, at_places: Collection[int]) -> bool:
        text = doc[i].text
        if text == ".":
            return len(doc[i - 1].text) > SHORT_WORD or i + 1 >= len(doc)
        if text in ENDS or i in at_places or (text.isdecimal() and len(text) >= POSTCODE_DIGITS):
            return True
        return doc[i].lower_ in self._stops or not (text.isalnum() or text in JOINTS or "'" in text)


def _with_house(doc: Doc, start: int) -> int:
    """The house number before the street's name, with a comma between perhaps."""
    i = start - 1 if start and doc[start - 1].text == "," else start
    number = i - 1
    while number >= 0 and (doc[number].text.isdecimal() or doc[number].text in JOINTS or _letter(doc, number)):
        number -= 1
    if number + 1 == i or not any(token.text.isdecimal() for token in doc[number + 1 : i]):
        return start
    named = number - 1 if number > 0 and doc[number].text == "." else number
    if named >= 0 and doc[named].lower_ in HOUSE:
        return named
    bare = i == start and doc[number + 1].text.isalnum() and len(doc[i - 1].text) <= HOUSE_DIGITS
    return number + 1 if bare else start


def _letter(doc: Doc, i: int) -> bool:
    return len(doc[i].text) == 1 and doc[i].is_alpha


def _numbered(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """ "88 Rizal Street", "Blk 123 Ang Mo Kio Ave 3": a number and one to four words before it."""
    for i in range(start - 1, max(-1, start - 6), -1):
        if doc[i].text.isdecimal():
            if i == start - 1:
                return None
            more = end < len(doc) and doc[end].text.isdecimal() and len(doc[end].text) < POSTCODE_DIGITS
            return i - 1 if i and doc[i - 1].lower_ in HOUSE else i, end + more
        if not doc[i].is_alpha:
            return None
    return None


def _found(doc: Doc, start: int, end: int) -> Found:
    span = doc[start:end]
    return Found("street", " ".join(span.text.split()), span.start_char, span.end_char)
