"""How many: "2 of the mugs", "both", "all of them", or a small number that is the whole message."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from bot.nlu.found import Found
from bot.nlu.patterns import Words

LARGEST = 99
_DIGITS = re.compile(r"(?:[xX](\d{1,2})|(\d{1,2})(?:[xX]|pcs?)?)$")


class QuantityFinder:
    """Finds quantities with the words of some languages."""

    def __init__(self, nlp: Language, languages: Sequence[Words]) -> None:
        self._words = {word: value for words in languages for word, value in words.quantity.words.items()}
        self._phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
        for kind in ("after", "before", "both", "all", "none"):
            phrases = [phrase for words in languages for phrase in getattr(words.quantity, kind)]
            self._phrases.add(kind, [nlp.make_doc(phrase) for phrase in phrases])

    def find(self, doc: Doc) -> Iterator[Found]:
        """The value is a number in digits, ``both`` or ``all``."""
        spans = self._phrases(doc, as_spans=True)
        taken = {token.i for span in spans if span.label_ == "none" for token in span}
        for span in _longest(span for span in spans if span.label_ in {"both", "all"}):
            if not taken.intersection(range(span.start, span.end)):
                yield Found("quantity", span.label_, span.start_char, span.end_char)
                taken.update(range(span.start, span.end))
        follows = {_past_colon(doc, span.end) for span in spans if span.label_ == "before"}
        precedes = {span.start for span in spans if span.label_ == "after"}
        spoken = [token for token in doc if not token.is_punct]
        for token in doc:
            value = self._value(token.text)
            if value is None or token.i in taken:
                continue
            alone = len(spoken) == 1
            counted = token.i in follows or token.i + 1 in precedes or not token.text.isalnum() or _times(token.text)
            if alone or counted:
                yield Found("quantity", str(value), token.idx, token.idx + len(token))

    def _value(self, text: str) -> int | None:
        digits = _DIGITS.fullmatch(text)
        if digits:
            return int(digits[1] or digits[2])
        return self._words.get(text.lower())


def _past_colon(doc: Doc, i: int) -> int:
    return i + 1 if i < len(doc) and doc[i].text in {":", "=", "-"} else i


def _times(text: str) -> bool:
    """Whether the token itself says that it counts something: x2, 2x, 2pcs."""
    return not text.isdigit() and text[-1:].lower() != "e" and any(letter.isdigit() for letter in text)


def _longest(spans: Iterator[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (-len(span), span.start)):
        if not any(span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    return kept
