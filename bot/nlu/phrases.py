"""Text in words, and known phrases among them, on a blank spaCy pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

Meaning = TypeVar("Meaning")
# Letters, digits and signs are words of their own, in any language: "2pcs", "tgl12" and "dua-duanya" come apart.
_SIGN = r"[^\w'’]|_|(?<![^\W\d_])['’]|['’](?![^\W\d_])"  # an apostrophe inside a word is part of it
_FIRST = re.compile(rf"^(?:{_SIGN})")
_BETWEEN = re.compile(rf"{_SIGN}|(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")


def word_splitter() -> Language:
    """A pipeline that only splits text into words."""
    nlp = spacy.blank("xx")
    nlp.tokenizer = Tokenizer(nlp.vocab, prefix_search=_FIRST.search, infix_finditer=_BETWEEN.finditer)
    return nlp


@dataclass(frozen=True)
class Phrase(Generic[Meaning]):
    """A known phrase in a text; ``start`` and ``end`` count tokens."""

    start: int
    end: int
    meaning: Meaning


class PhraseBook(Generic[Meaning]):
    """Phrases and what they mean, whatever their case; the first meaning given to a phrase stays."""

    def __init__(self, nlp: Language, entries: Iterable[tuple[str, Meaning]]) -> None:
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._meanings: list[Meaning] = []
        known: set[str] = set()
        by_meaning: dict[Meaning, list[Doc]] = {}
        for phrase, meaning in entries:
            if phrase.lower() not in known:
                known.add(phrase.lower())
                by_meaning.setdefault(meaning, []).append(nlp.make_doc(phrase))
        for meaning, docs in by_meaning.items():
            self._matcher.add(str(len(self._meanings)), docs)
            self._meanings.append(meaning)
        self._by_key = {nlp.vocab.strings[str(number)]: meaning for number, meaning in enumerate(self._meanings)}

    def find(self, doc: Doc) -> list[Phrase[Meaning]]:
        """All of them, overlapping ones too."""
        return [Phrase(start, end, self._by_key[key]) for key, start, end in self._matcher(doc)]


def longest(phrases: Sequence[Phrase[Meaning]]) -> list[Phrase[Meaning]]:
    """Of phrases that overlap the longest, then the first; in the order of the text."""
    if len(phrases) < 2:
        return list(phrases)
    kept: list[Phrase[Meaning]] = []
    taken: set[int] = set()
    for phrase in sorted(phrases, key=lambda phrase: (phrase.start - phrase.end, phrase.start)):
        tokens = range(phrase.start, phrase.end)
        if taken.isdisjoint(tokens):
            kept.append(phrase)
            taken.update(tokens)
    return sorted(kept, key=lambda phrase: phrase.start)
