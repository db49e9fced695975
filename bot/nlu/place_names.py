"""Towns and provinces in a text."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from bot.nlu.found import Found
from bot.nlu.phrases import Phrase, PhraseBook, longest
from bot.places.gazetteer import Gazetteer

POSTCODE_DIGITS = range(4, 7)
NEIGHBOUR = 2  # tokens between parts of an address: a comma, a postcode


class PlaceFinder:
    """Finds the places of a gazetteer."""

    def __init__(self, nlp: Language, places: Gazetteer) -> None:
        self._places = places
        self._book = PhraseBook(nlp, [(name, name) for name in places.names])
        self._before = PhraseBook(nlp, [(word, word) for word in places.before_place])

    def find(self, doc: Doc) -> Iterator[Found]:
        """``city`` and ``province``; a name of both is both. Values are the names as on a parcel."""
        phrases = longest(self._book.find(doc))
        if not phrases:
            return
        behind = {phrase.end for phrase in self._before.find(doc)}
        for phrase in phrases:
            if (
                phrase.meaning in self._places.weak
                and phrase.start not in behind
                and not _in_address(doc, phrase, phrases)
            ):
                continue
            span = doc[phrase.start : phrase.end]
            for kind, name in dict.fromkeys((place.kind, place.name) for place in self._places.names[phrase.meaning]):
                yield Found(kind, name, span.start_char, span.end_char)


def _in_address(doc: Doc, phrase: Phrase[str], others: list[Phrase[str]]) -> bool:
    """Beside a postcode or another place, or all that is said."""
    if len(doc) == len(doc[phrase.start : phrase.end]):
        return True
    around = (*range(phrase.start - NEIGHBOUR, phrase.start), *range(phrase.end, phrase.end + NEIGHBOUR))
    tokens = [doc[i] for i in around if 0 <= i < len(doc)]
    if any(token.text.isdecimal() and len(token.text) in POSTCODE_DIGITS for token in tokens):
        return True
    near = set(around)
    return any(other is not phrase and not near.isdisjoint(range(other.start, other.end)) for other in others)
