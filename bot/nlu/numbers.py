"""Order, tracking and post numbers: by their shape, and where that is not enough by the words around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from bot.nlu.found import Found, overlaps
from bot.nlu.patterns import Shape, Words
from bot.nlu.phrases import PhraseBook, longest

NEAR_BEFORE, NEAR_AFTER = 5, 4  # words that may stand between a number and what says what it is
BARRIERS = set(",;.?!\n")
# Say that the number right behind them is none of ours: "price 1200", "since 2026", "lot 1432"; "measure" says so of
# the number right before it: "10000 mAh".
ADJACENT = {"money", "date", "address", "other"}
MEASURE = "measure"
LENGTHS = {
    "postcode": range(4, 7),
    "phone": range(7, 16),
    "order_number": range(3, 19),
    "tracking_number": range(6, 19),
}
BARE = "number"
CODE = "code"  # letters and digits; an order's number only where the words around it say so
LIKE_A_POSTCODE = {5, 6}  # digits
SHORT_POSTCODE = 4  # digits, in the Philippines


class NumberFinder:
    """Finds numbers with the shapes of all languages and the words of some.

    Args:
        short_postcodes: places whose postcodes have four digits, as an order number may.
    """

    def __init__(
        self,
        nlp: Language,
        shapes: Mapping[str, Sequence[Shape]],
        languages: Mapping[str, Words],
        short_postcodes: Collection[str] = (),
    ) -> None:
        self._short_postcodes = frozenset(short_postcodes)
        self._shapes = [
            (entity, re.compile(rf"(?<![\w/-])(?:{shape.shape})(?![\w/-])", re.IGNORECASE), shape.sure)
            for entity, of_entity in shapes.items()
            for shape in of_entity
        ]
        entries = [
            (phrase, entity)
            for entity in (*LENGTHS, *ADJACENT, MEASURE)
            for words in languages.values()
            for phrase in words.context.get(entity, ())
        ]
        self._context = PhraseBook(nlp, entries)

    def find(self, doc: Doc, phones: Sequence[Found], others: Sequence[Found]) -> Iterator[Found]:
        """All numbers, phones among them.

        A bare number of five or six digits about which nothing is said is both a ``postcode`` and a ``number``: the
        question that was asked decides.

        Args:
            doc: the text.
            phones: what may be a phone number; it stays one unless shape or words say otherwise.
            others: dates, amounts and places; what overlaps the first two is no number of ours, what stands by a place
                is a postcode.
        """
        sure, bare = self._by_shape(doc)
        yield from sure
        bare = [number for number in bare if not overlaps(number, others)]
        said = self._said(doc)
        phones = [phone for phone in phones if not overlaps(phone, sure)]
        starts = {found.start for found in (*sure, *bare, *phones)}
        for phone in phones:
            if self._meant(doc, phone, said, starts) in {None, "phone", "postcode", *ADJACENT}:
                yield phone
        at_places = [place for place in others if place.entity in ("city", "province")]
        for number in bare:
            meant = self._meant(doc, number, said, starts)
            if overlaps(number, phones) and meant in {None, "phone", "postcode"}:
                continue
            if meant in {None, "address"} and self._is_postcode(doc, number, at_places):
                meant = "postcode"
            for entity in _kinds(number, meant):
                yield Found(entity, number.value, number.start, number.end)

    def _is_postcode(self, doc: Doc, number: Found, places: Collection[Found]) -> bool:
        """Whether a place stands beside the number: "43000 Kajang", "Bandung 40132", "Makati, 1200"."""
        if len(number.value) == SHORT_POSTCODE:
            places = [place for place in places if place.value in self._short_postcodes]
        elif len(number.value) not in LIKE_A_POSTCODE:
            return False
        return _beside(doc.text, number, places)

    def _by_shape(self, doc: Doc) -> tuple[list[Found], list[Found]]:
        sure: list[Found] = []
        bare: list[Found] = []
        for entity, shape, is_sure in self._shapes:
            for match in shape.finditer(doc.text):
                found = Found(entity, _normal(match[0]), match.start(), match.end())
                if not overlaps(found, [*sure, *bare]):
                    (sure if is_sure else bare).append(found)
        return sure, bare

    def _said(self, doc: Doc) -> dict[int, str]:
        """What each word says about numbers near it; of two phrases on one word the longer one counts."""
        phrases = longest(self._context.find(doc))
        return {token: phrase.meaning for phrase in phrases for token in range(phrase.start, phrase.end)}

    def _meant(self, doc: Doc, number: Found, said: Mapping[int, str], starts: set[int]) -> str | None:
        """What the nearest words say the number is: those before it, else those after."""
        covered = doc.char_span(number.start, number.end, alignment_mode="expand")
        before = range(covered.start - 1, max(-1, covered.start - 1 - NEAR_BEFORE), -1)
        after = range(covered.end, min(len(doc), covered.end + NEAR_AFTER))
        if said.get(covered.end) == MEASURE:
            return MEASURE
        for nearby in (before, after):
            for i in nearby:
                if said.get(i) in ADJACENT:
                    if i == covered.start - 1:
                        return said[i]
                elif i in said and said[i] != MEASURE:
                    if nearby is after and _speaks_of_the_next(doc, i, said, starts):
                        return None
                    return said[i] if _fits(number, said[i]) else None
                if doc[i].text in BARRIERS or doc[i].idx in starts:
                    break
        return None


def _speaks_of_the_next(doc: Doc, word: int, said: Mapping[int, str], starts: set[int]) -> bool:
    """Whether the word introduces the number after it: "1047 postcode 43000", unlike "43000 is the postcode"."""
    rest = (doc[i] for i in range(word + 1, min(len(doc), word + 1 + NEAR_AFTER)))
    following = next((token for token in rest if said.get(token.i) != said[word]), None)
    return following is not None and following.idx in starts


def _kinds(number: Found, meant: str | None) -> list[str]:
    if meant in ADJACENT or meant == MEASURE:
        return []
    if meant:
        return [meant]
    if number.entity == CODE:
        return []
    if number.entity != BARE:
        return [number.entity]
    if len(number.value) in LIKE_A_POSTCODE:
        return ["postcode", BARE]
    return ["order_number"]


def _fits(number: Found, entity: str) -> bool:
    if number.entity == CODE:
        return entity == "order_number"
    return sum(letter.isdigit() for letter in number.value) in LENGTHS[entity]


def _beside(text: str, number: Found, places: Collection[Found]) -> bool:
    """Nothing but a sign between them."""
    for place in places:
        first, second = sorted((place, number), key=lambda found: found.start)
        if not text[first.end : second.start].strip(" ,."):
            return True
    return False


def _normal(number: str) -> str:
    return re.sub(r"[#\s]", "", number).upper()
