"""Typing errors mended towards the words that the bot knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4  # letters; shorter words are too near to one another
TWO_ERRORS = 10  # letters from which on two errors are mended
REMEMBERED = 4096  # words whose mending is kept


class Speller:
    """Knows the words of one language.

    Args:
        counts: each known word, and how often it was seen; of two equally near words the frequent one is meant.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = dict(counts)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(counts):
            if len(word) >= SHORTEST:
                self._by_length[len(word)].append(word)
        self._mended: dict[str, str] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def mend(self, word: str) -> str:
        """The known word that was meant, or the word itself: an added, lost, wrong or swapped letter is an error."""
        if word in self._counts or len(word) < SHORTEST or not word.isalpha():
            return word
        if word not in self._mended:
            if len(self._mended) >= REMEMBERED:
                self._mended.clear()
            self._mended[word] = self._nearest(word)
        return self._mended[word]

    def _nearest(self, word: str) -> str:
        errors = 2 if len(word) >= TWO_ERRORS else 1
        near = [
            (distance, -self._counts[known], known)
            for length in range(len(word) - errors, len(word) + errors + 1)
            for known, distance, _ in process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=errors, limit=None
            )
            if known[0] == word[0] or known[:2] == word[1::-1]  # people hit the first letter, or swap it
        ]
        if not near:
            return word
        distance, _, best = min(near)
        same = [known for other, _, known in near if other == distance]
        # "lama" and "lima" are both words: a short word with several equally near neighbours stays as it is.
        return best if len(same) == 1 or len(word) > SHORTEST + 1 else word
