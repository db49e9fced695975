"""Which language a text is in, learnt from the shop's own examples: letters and words, no weights from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

LOAN_WORDS = Path(__file__).with_name("loan_words.yml")
LONGEST_PIECE = 4  # letters
RAREST = 3  # examples that a piece must be in
ENOUGH_TEXTS = 9000  # more would teach little
FIRST_CHARACTERS = 400  # enough to tell the language
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SAYS_NOTHING = re.compile(r"\S*[@\d/#]\S*")  # emails, numbers, links: the same in every language
_QUOTED = re.compile(r'"[^"]{3,}"|“[^”]{3,}”')  # somebody else's words


def pieces(text: str) -> list[str]:
    """Words, and all pieces of up to four letters of each."""
    found: list[str] = []
    shared = loan_words()
    said = _SAYS_NOTHING.sub(" ", text[:FIRST_CHARACTERS].lower())
    for word in _WORD.findall(_QUOTED.sub(" ", said)) or _WORD.findall(said):
        if word in shared:
            continue
        padded = f" {word} "
        found.append(f"={word}")
        for length in range(2, LONGEST_PIECE + 1):
            found += [padded[start : start + length] for start in range(len(padded) - length + 1)]
    return found


@lru_cache(maxsize=1)
def loan_words() -> frozenset[str]:
    """Words that tell no language: ``loan_words.yml``."""
    return frozenset(yaml.safe_load(LOAN_WORDS.read_text("utf-8"))["shared"])


@dataclass(frozen=True)
class LanguageModel:
    """Trained by ``train_language_model``.

    Attributes:
        languages: the languages it tells apart.
        rows: each known piece's row in ``weights``.
        weights: one column a language.
    """

    languages: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[Any]

    def scores(self, text: str) -> dict[str, float]:
        """A probability for each language, from this text alone; equal where it says nothing.

        Names and mashed keys say nothing: one whole word at least must be known.
        """
        found = [piece for piece in pieces(text) if piece in self.rows]
        known = sorted({self.rows[piece] for piece in found}) if any(piece[0] == "=" for piece in found) else []
        sums = self.weights[known].sum(axis=0, dtype=np.float64)
        likely = np.exp(sums - sums.max())
        return dict(zip(self.languages, (likely / likely.sum()).tolist(), strict=True))


def train_language_model(texts: Sequence[str], languages: Sequence[str]) -> LanguageModel:
    """Learn from texts whose language is known.

    Raises:
        ValueError: there are fewer than two languages.
    """
    stride = -(-len(texts) // ENOUGH_TEXTS)
    texts, languages = texts[::stride], languages[::stride]
    vectorizer = CountVectorizer(analyzer=pieces, binary=True, min_df=RAREST, dtype=np.float32)
    features = vectorizer.fit_transform(texts)
    names = sorted(set(languages))
    # Without an intercept: a text that says nothing shall favour none.
    model = LogisticRegression(C=0.5, fit_intercept=False, class_weight="balanced", max_iter=200, tol=1e-3)
    model.fit(features, list(languages))
    weights = model.coef_ if len(names) > 2 else np.vstack([-model.coef_[0], model.coef_[0]])
    rows = {piece: int(row) for piece, row in vectorizer.vocabulary_.items()}
    return LanguageModel(tuple(names), rows, np.ascontiguousarray(weights.T, dtype=np.float32))
