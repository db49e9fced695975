"""The shipped pipeline trained on somebody else's data set."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.nlu.example_files import Example, read_examples
from bot.nlu.examples import word_counts
from bot.nlu.intent_features import Reading, reading_of
from bot.nlu.intent_model import IntentModel
from bot.nlu.intent_training import train_intent_model
from bot.nlu.language_model import LanguageModel, train_language_model
from bot.nlu.normaliser import Normaliser

EXAMPLES = Path(__file__).parents[1] / "data" / "nlu"
OUT_OF_SCOPE = "out_of_scope"  # the intent of the shop's own examples
UNWANTED = 200  # of these examples at most: they stand for one more intent among many small ones


@dataclass(frozen=True)
class ForeignModel:
    """Trained by ``train_foreign_model``.

    Attributes:
        seconds: of training on the data set.
        seconds_before: of learning from the shop's own examples, the same for every data set.
    """

    languages: LanguageModel
    normaliser: Normaliser
    intents: IntentModel
    oos: str
    seconds: float
    seconds_before: float

    def answer(self, text: str) -> tuple[str, float]:
        """The likeliest intent that is in scope, and its confidence, from which that of out of scope was taken."""
        for name, confidence in self.intents.ranking(self._read(text)):
            if name != self.oos:
                return name, confidence
        raise AssertionError("a model has at least two intents")

    def _read(self, text: str) -> Reading:
        return _read(text, self.languages, self.normaliser)


def train_foreign_model(
    utterances: Sequence[str], intents: Sequence[str], oos: str, *, alone: bool = False
) -> ForeignModel:
    """Train the shipped pipeline.

    Args:
        utterances: the training texts.
        intents: the intent of each.
        oos: the label that means out of scope, whether or not the training has examples of it.
        alone: without the shop's own examples as adviser and as what is not wanted.

    Raises:
        ValueError: fewer than two intents.
    """
    started = time.perf_counter()
    own = read_examples(EXAMPLES)
    languages = train_language_model([each.text for each in own], [each.language for each in own])
    spoken = Counter(_language(text, languages) for text in utterances).most_common(1)[0][0]
    own = [each for each in own if each.language == spoken]
    learnt = time.perf_counter() - started
    counts = word_counts([*((spoken, text) for text in utterances), *((spoken, each.text) for each in own)])
    normaliser = Normaliser(counts)
    readings = [_read(text, languages, normaliser) for text in utterances]
    names = list(intents)
    adviser = None
    if not alone:
        adviser = _adviser(own, languages, normaliser)
        learnt = time.perf_counter() - started
        unwanted = [each for each in own if each.intent == OUT_OF_SCOPE][:UNWANTED]
        more = _not_wanted([_read(each.text, languages, normaliser) for each in unwanted], readings, names)
        readings = [*readings, *more]
        names = [*names, *[oos] * len(more)]
    model = train_intent_model(readings, names, adviser=adviser)
    return ForeignModel(languages, normaliser, model, oos, time.perf_counter() - started - learnt, learnt)


def _language(text: str, languages: LanguageModel) -> str:
    scores = languages.scores(text)
    return max(scores, key=lambda language: scores[language])


def _read(text: str, languages: LanguageModel, normaliser: Normaliser) -> Reading:
    language = _language(text, languages)
    return reading_of(normaliser.words(text, language), text, language)


def _adviser(own: Sequence[Example], languages: LanguageModel, normaliser: Normaliser) -> IntentModel:
    readings = [_read(each.text, languages, normaliser) for each in own]
    return train_intent_model(readings, [each.intent for each in own])


def _not_wanted(unwanted: Sequence[Reading], readings: Sequence[Reading], names: Sequence[str]) -> list[Reading]:
    """Those of the unwanted that no intent of the data set claims for itself."""
    model = train_intent_model(readings, names)
    return [each for each in unwanted if model.scores(each).max() < 0]
