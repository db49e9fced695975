"""What happens to a message before any classifier sees it: its language is found and it is normalised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.nlu.example_files import Example
from bot.nlu.examples import word_counts
from bot.nlu.language_model import LanguageModel, train_language_model
from bot.nlu.normaliser import Normaliser


@dataclass(frozen=True)
class Text:
    """A message: as it was typed, its normalised words, and its language."""

    typed: str
    words: tuple[str, ...]
    language: str

    @property
    def normalised(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Reader:
    """Learnt from training examples alone."""

    languages: LanguageModel
    normaliser: Normaliser

    @classmethod
    def learnt_from(cls, examples: Sequence[Example]) -> Reader:
        languages = train_language_model([each.text for each in examples], [each.language for each in examples])
        return cls(languages, Normaliser(word_counts((each.language, each.text) for each in examples)))

    def language_of(self, text: str) -> str:
        scores = self.languages.scores(text)
        return max(scores, key=lambda language: scores[language])

    def read(self, text: str, language: str | None = None) -> Text:
        """A message; an example's language is known, another's is found."""
        language = language or self.language_of(text)
        return Text(text, tuple(self.normaliser.words(text, language)), language)
