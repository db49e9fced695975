"""One form for each word: singular and plural, with and without endings, misspelt or not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST_PLURAL = 4
ONE_ERROR, TWO_ERRORS = 5, 9  # letters from which on so many errors are mended
_WORD = re.compile(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)?")


def words_of(text: str) -> list[str]:
    """Letters and digits apart, in small letters."""
    return _WORD.findall(text.lower().replace("’", "'"))


def stem(word: str) -> str:
    """ "Sneakers" and "sneaker's" are "sneaker"."""
    word = word.removesuffix("'s")
    plural = len(word) >= SHORTEST_PLURAL and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


class WordForms:
    """The words of some vocabulary.

    Args:
        vocabulary: words as they are written.
        ordinary: other words, which no typing error shall be seen in.
        endings: what may stand at the end of any word.
    """

    def __init__(self, vocabulary: Iterable[str], ordinary: Collection[str], endings: Iterable[str]) -> None:
        self._known = {stem(word) for word in vocabulary}
        self._long = sorted(word for word in self._known if len(word) >= ONE_ERROR - 1 and word.isalpha())
        self._ordinary = frozenset(ordinary)
        self._endings = tuple(endings)

    def known(self, word: str) -> tuple[str, bool]:
        """The form that is in the vocabulary, if any, else the word's own; and whether an error was mended."""
        form = stem(word)
        if form in self._known or word in self._ordinary or form in self._ordinary:
            return form, False
        for ending in self._endings:
            bare = stem(word.removesuffix(ending))
            if bare != form and bare in self._known:
                return bare, False
        return self._mended(form)

    def _mended(self, word: str) -> tuple[str, bool]:
        if len(word) < ONE_ERROR or not word.isalpha():
            return word, False
        errors = 2 if len(word) >= TWO_ERRORS else 1
        near = process.extract(word, self._long, scorer=OSA.distance, score_cutoff=errors, limit=2)
        near = [each for each in near if each[0][0] == word[0]]
        return (near[0][0], True) if near else (word, False)
