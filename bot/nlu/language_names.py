"""Which language a shopper asks for: "english please", "guna BM je", "jangan inggris, bahasa indonesia aja"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from bot.nlu.found import Found
from bot.nlu.patterns import LanguageNames
from bot.nlu.phrases import PhraseBook, longest

NEAR = 5  # words between a "not" and the name
BARRIERS = frozenset(",;.?!\n")


class LanguageNameFinder:
    """Finds the names of the languages; one that they do not want is left out."""

    def __init__(self, nlp: Language, names: LanguageNames) -> None:
        self._names = PhraseBook(nlp, [(name, code) for code, called in names.names.items() for name in called])
        self._before = PhraseBook(nlp, [(phrase, "") for phrase in names.unwanted_before])
        self._behind = PhraseBook(nlp, [(phrase, "") for phrase in names.unwanted_behind])

    def find(self, doc: Doc) -> Iterator[Found]:
        """The value is an ISO 639-1 code."""
        names = longest(self._names.find(doc))
        if not names:
            return
        unwanted = {phrase.end - 1 for phrase in self._before.find(doc)}
        behind = {phrase.start for phrase in self._behind.find(doc)}
        for name in names:
            if name.end in behind or _any_before(doc, name.start, unwanted):
                continue
            span = doc[name.start : name.end]
            yield Found("language_name", name.meaning, span.start_char, span.end_char)


def _any_before(doc: Doc, start: int, words: set[int]) -> bool:
    for i in range(start - 1, max(-1, start - 1 - NEAR), -1):
        if doc[i].text in BARRIERS:
            return False
        if i in words:
            return True
    return False
