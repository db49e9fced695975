"""Order, tracking and post numbers: by their shape, and where that is not enough by the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from bot.nlu.found import Found, overlaps
from bot.nlu.patterns import Shape, Words

NEAR_BEFORE, NEAR_AFTER = 5, 4  # words that may stand between a number and what says what it is
BARRIERS = set(",;.?!\n")
ADJACENT = {"money", "date"}  # say that the number right after them is none of ours: "RM 1200", "May 2026"
LENGTHS = {
    "postcode": range(4, 7),
    "phone": range(7, 16),
    "order_number": range(3, 19),
    "tracking_number": range(6, 19),
}


class NumberFinder:
    """Finds numbers with the shapes of all languages and the words of some."""

    def __init__(self, nlp: Language, shapes: Mapping[str, Sequence[Shape]], languages: Sequence[Words]) -> None:
        self._shapes = [
            (entity, re.compile(rf"(?<![\w/-])(?:{shape.shape})(?![\w/-])", re.IGNORECASE), shape.sure)
            for entity, of_entity in shapes.items()
            for shape in of_entity
        ]
        self._context = PhraseMatcher(nlp.vocab, attr="LOWER")
        for entity in (*LENGTHS, *ADJACENT):
            phrases = [phrase for words in languages for phrase in words.context.get(entity, ())]
            self._context.add(entity, [nlp.make_doc(phrase) for phrase in phrases])

    def find(self, doc: Doc, phones: Sequence[Found]) -> Iterator[Found]:
        """All numbers, phones among them.

        A bare number of five or six digits about which nothing is said is both a ``postcode`` and a ``number``: the
        question that was asked decides.

        Args:
            doc: the text.
            phones: what may be a phone number; it stays one unless shape or words say otherwise.
        """
        sure, bare = self._by_shape(doc)
        yield from sure
        said = self._said(doc)
        phones = [phone for phone in phones if not overlaps(phone, sure)]
        starts = {found.start for found in (*sure, *bare, *phones)}
        for phone in phones:
            if self._meant(doc, phone, said, starts) in {None, "phone", "postcode"}:
                yield phone
        for number in bare:
            meant = self._meant(doc, number, said, starts)
            if overlaps(number, (phone for phone in phones)) and meant in {None, "phone", "postcode"}:
                continue
            for entity in _kinds(number.value, meant):
                yield Found(entity, number.value, number.start, number.end)

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
        spans = sorted(self._context(doc, as_spans=True), key=len)
        return {token.i: span.label_ for span in spans for token in span}

    def _meant(self, doc: Doc, number: Found, said: Mapping[int, str], starts: set[int]) -> str | None:
        """What the nearest words say the number is: those before it, else those after."""
        covered = doc.char_span(number.start, number.end, alignment_mode="expand")
        before = range(covered.start - 1, max(-1, covered.start - 1 - NEAR_BEFORE), -1)
        after = range(covered.end, min(len(doc), covered.end + NEAR_AFTER))
        for nearby in (before, after):
            for i in nearby:
                if said.get(i) in ADJACENT:
                    if i == covered.start - 1:
                        return said[i]
                elif i in said:
                    if nearby is after and _speaks_of_the_next(doc, i, said, starts):
                        return None
                    return said[i] if _fits(number.value, said[i]) else None
                if doc[i].text in BARRIERS or doc[i].idx in starts:
                    break
        return None


def _speaks_of_the_next(doc: Doc, word: int, said: Mapping[int, str], starts: set[int]) -> bool:
    """Whether the word introduces the number after it: "1047 postcode 43000", unlike "43000 is the postcode"."""
    rest = (doc[i] for i in range(word + 1, min(len(doc), word + 1 + NEAR_AFTER)))
    following = next((token for token in rest if said.get(token.i) != said[word]), None)
    return following is not None and following.idx in starts


def _kinds(number: str, meant: str | None) -> list[str]:
    if meant in ADJACENT:
        return []
    if meant:
        return [meant]
    if len(number) in {5, 6}:
        return ["postcode", "number"]
    return ["order_number"]


def _fits(number: str, entity: str) -> bool:
    return sum(letter.isdigit() for letter in number) in LENGTHS[entity]


def _normal(number: str) -> str:
    return re.sub(r"[#\s]", "", number).upper()
