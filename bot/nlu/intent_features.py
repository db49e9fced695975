"""What the intent classifier sees of a message: words, pairs of words, concepts and pieces of words, weighed by rarity.

The words are normalised and stemmed; the pieces (2 to 5 letters) are taken from the normalised and from the typed text,
so that a word that was never seen still resembles its relatives.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import Stemmer
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.nlu.lexicon import concepts

SHORTEST_PIECE, LONGEST_PIECE = 2, 5  # letters
STEMMERS = {"en": "english", "id": "indonesian", "ms": "indonesian"}  # Malay is near enough to Indonesian
_SAYS_NOTHING = re.compile(r"\S*@\S+|\S*\d{3,}\S*")  # which number, which email: the same to the classifier
LONGEST_TYPED = 300  # characters whose pieces are taken
FEW_TEXTS = 3000  # up to which every feature counts; beyond, one that a single text has is left out


@dataclass(frozen=True)
class Reading:
    """One message as read: what its features are made from."""

    words: tuple[str, ...]
    concepts: tuple[str, ...]
    text: str  # normalised and typed, for the pieces


@lru_cache(maxsize=30_000)
def _stem(language: str, word: str) -> str:
    return str(_stemmer(language).stemWord(word))


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(STEMMERS[language], 0)


def reading_of(words: Sequence[str], typed: str, language: str, known: Mapping[str, str] | None = None) -> Reading:
    """A message as read.

    Args:
        words: its words, normalised.
        typed: the message as it was typed.
        language: a language that there is a stemmer for.
        known: word -> concept; none given, those of ``data/lexicons/concepts.yml``.
    """
    known = concepts() if known is None else known
    stems = tuple(_stem(language, word) for word in words)
    meant = (known.get(word) or known.get(stem) for word, stem in zip(words, stems, strict=True))
    masked = _SAYS_NOTHING.sub("0000", typed[:LONGEST_TYPED].lower())
    text = f"{' '.join(words)} | {masked}"
    return Reading(stems, tuple(concept for concept in meant if concept), text)


def _terms(reading: Reading) -> list[str]:
    """Words and concepts, alone and in pairs; the first and last have a pair of their own."""
    terms: list[str] = []
    for mark, units in (("", reading.words), ("=", reading.concepts)):
        terms += [mark + unit for unit in units]
        terms += [f"{mark}{left}_{right}" for left, right in zip(("<", *units), (*units, ">"), strict=True)]
    return terms


def _pieces(reading: Reading) -> list[str]:
    pieces: list[str] = []
    for word in reading.text.split():
        padded = f" {word} "
        for length in range(SHORTEST_PIECE, min(LONGEST_PIECE, len(padded)) + 1):
            pieces += [padded[start : start + length] for start in range(len(padded) - length + 1)]
    return pieces


class Weighed:
    """Features of one kind: how often, damped, times how rare; of length one together (TF-IDF, sublinear)."""

    def __init__(self, rows: Mapping[str, int], rarity: NDArray[Any]) -> None:
        self.rows = rows
        self._rarity = rarity.tolist()

    @classmethod
    def learnt_from(cls, documents: Sequence[Iterable[str]], rarest: int) -> Weighed:
        """Keep what is in at least ``rarest`` documents."""
        having = Counter(term for document in documents for term in set(document))
        kept = sorted(term for term, count in having.items() if count >= rarest)
        rarity = [math.log((1 + len(documents)) / (1 + having[term])) + 1 for term in kept]
        return cls({term: row for row, term in enumerate(kept)}, np.array(rarity))

    def of(self, terms: Iterable[str]) -> tuple[list[int], list[float]]:
        """Rows and values of the terms that are known."""
        rows = self.rows
        counts = Counter(rows[term] for term in terms if term in rows)
        values = [(1 + math.log(count)) * self._rarity[row] for row, count in counts.items()]
        length = math.sqrt(sum(value * value for value in values)) or 1.0
        return list(counts), [value / length for value in values]


class IntentFeatures:
    """Terms and pieces of many messages, each kind of weight one half."""

    def __init__(self, terms: Weighed, pieces: Weighed) -> None:
        self._terms = terms
        self._pieces = pieces

    @classmethod
    def learnt_from(cls, readings: Sequence[Reading]) -> IntentFeatures:
        rarest = 1 if len(readings) <= FEW_TEXTS else 2
        return cls(
            Weighed.learnt_from([_terms(reading) for reading in readings], rarest),
            Weighed.learnt_from([_pieces(reading) for reading in readings], rarest),
        )

    @property
    def size(self) -> int:
        return len(self._terms.rows) + len(self._pieces.rows)

    def of(self, reading: Reading) -> tuple[NDArray[Any], NDArray[Any]]:
        """One message's features: rows in the weights, and values (of length one together)."""
        terms, values = self._terms.of(_terms(reading))
        pieces, more = self._pieces.of(_pieces(reading))
        offset = len(self._terms.rows)
        together = np.array(values + more, np.float32)
        if values and more:
            together *= math.sqrt(0.5)
        return np.array(terms + [offset + piece for piece in pieces], np.int32), together

    def matrix(self, readings: Sequence[Reading]) -> csr_matrix:
        """Many messages' features, one row each."""
        found = [self.of(reading) for reading in readings]
        ends = np.cumsum([0, *(len(rows) for rows, _ in found)])
        rows = np.concatenate([rows for rows, _ in found])
        values = np.concatenate([values for _, values in found])
        return csr_matrix((values, rows, ends), shape=(len(readings), self.size))
