"""Words as the index knows them: normalised, without endings, and with the concept that each stands for."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import Stemmer
import yaml

from bot.nlu.lexicon import concepts
from bot.nlu.normaliser import EMAIL, LONGEST, normalise

CONCEPT = "_"  # begins a concept's name among the terms
# Snowball has no Malay; its Indonesian takes off the same prefixes and endings.
_STEMMERS = {"en": "english", "id": "indonesian", "ms": "indonesian"}
_NORMALISED_AS = "en"  # a language that the normaliser does not know
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Term:
    """``concept`` is empty where the lexicon has none; ``small``: the word tells nothing about a topic."""

    stem: str
    concept: str = ""
    small: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.stem, self.concept) if self.concept else (self.stem,)


def terms_of(text: str, language: str) -> list[Term]:
    """The terms of a text in their order; numbers, signs and addresses are none."""
    spoken = language if language in _STEMMERS else _NORMALISED_AS
    # The normaliser looks at the beginning of a text only, as long as a chat message is.
    parts = textwrap.wrap(text, LONGEST) if len(text) > LONGEST else [text]
    normalised = " ".join(normalise(part, spoken) for part in parts)
    return [_term(word, language) for word in _WORD.findall(normalised.replace(EMAIL, " "))]


def names_of(terms: Sequence[Term]) -> str:
    """The terms as SQLite indexes them: stems and concepts."""
    return " ".join(name for term in terms for name in term.names)


def _term(word: str, language: str) -> Term:
    stemmer, concept = _stemmer(language), concepts().get(word)
    stem = stemmer.stemWord(word) if stemmer else word
    return Term(stem, f"{CONCEPT}{concept}", concept in _small()) if concept else Term(stem)


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    return Stemmer.Stemmer(_STEMMERS[language]) if language in _STEMMERS else None


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    return frozenset(yaml.safe_load((Path(__file__).parent / "small_words.yml").read_text("utf-8")))
