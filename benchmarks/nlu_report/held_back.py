"""Every example judged by a pipeline that was trained on others: language, normaliser and classifier, as shipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import StratifiedKFold

from benchmarks.classifiers.reader import Reader, Text
from bot.nlu.example_files import Example
from bot.nlu.intent_features import Reading, reading_of
from bot.nlu.intent_training import train_intent_model

FOLDS = 4


@dataclass(frozen=True)
class Judged:
    """An example, and what was made of it.

    Attributes:
        example: with its right intent and language.
        language: that was found.
        intent: the likeliest.
        confidence: of it, from 0 to 1.
        lead: before the second.
    """

    example: Example
    language: str
    intent: str
    confidence: float
    lead: float

    @property
    def right(self) -> bool:
        return self.intent == self.example.intent


def judge_all(examples: Sequence[Example], tell: Callable[[str], None]) -> list[Judged]:
    """Cross-validation, stratified by intent and language.

    Args:
        examples: at least ``FOLDS`` of each intent in each language.
        tell: is told each fold.
    """
    strata = [f"{each.intent} {each.language}" for each in examples]
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(np.zeros(len(examples)), strata)
    judged: list[Judged] = []
    for number, (train, test) in enumerate(folds, 1):
        tell(f"Cross-validation, fold {number} of {FOLDS} ...")
        judged += _fold([examples[row] for row in train], [examples[row] for row in test])
    return judged


def _fold(learnt: Sequence[Example], asked: Sequence[Example]) -> list[Judged]:
    reader = Reader.learnt_from(learnt)
    readings = [_reading(reader.read(each.text, each.language)) for each in learnt]
    model = train_intent_model(readings, [each.intent for each in learnt])
    judged = []
    for each in asked:
        text = reader.read(each.text)
        (intent, confidence), (_, second) = model.ranking(_reading(text))[:2]
        judged.append(Judged(each, text.language, intent, confidence, confidence - second))
    return judged


def _reading(text: Text) -> Reading:
    return reading_of(text.words, text.typed, text.language)
