"""Examples that a classifier trained on all the others puts under another intent, and is sure of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.checks.finding import Finding
from bot.checks.readings import readings
from bot.nlu.intent_features import IntentFeatures, Reading
from bot.nlu.intent_model import signs_of
from bot.nlu.intent_training import PARTS, UNCALIBRATED, held_back, learning_for
from bot.project.project import Project

SURE = 0.9  # of the other intent; below, the example may be a hard one and right


def check(project: Project) -> Iterator[Finding]:
    """The surest first."""
    examples, read = readings(project)
    names, labels = np.unique([example.intent for example in examples], return_inverse=True)
    usable = np.flatnonzero(np.bincount(labels)[labels] >= PARTS) if len(examples) else np.array([], int)
    kept, numbers = np.unique(labels[usable], return_inverse=True)
    if len(kept) < 2:
        return
    scores = _held_back_scores([read[row] for row in usable], numbers)
    best = scores.argmax(axis=1)
    chances = _chances(scores, best == numbers)
    sure = np.flatnonzero((best != numbers) & (chances >= SURE))
    for place in sure[np.argsort(-chances[sure], kind="stable")]:
        example, other = examples[usable[place]], names[kept[best[place]]]
        wrong = (
            f'"{example.text}" is an example of {example.intent}; judged by all other examples it would be {other} '
            f"({chances[place]:.0%} sure)."
        )
        do = f"Move it if it means {other}; else give {example.intent} more examples like it."
        yield Finding(example.file, example.line, wrong, do)


def _held_back_scores(read: Sequence[Reading], labels: NDArray[Any]) -> NDArray[Any]:
    """Each example's scores by a classifier that was trained without it."""
    learning = learning_for(len(read))
    matrix = learning.matrix(IntentFeatures.learnt_from(read), read)
    together = np.zeros((len(read), int(labels.max()) + 1))
    for rows, scores in held_back(read, labels, learning, matrix):
        together[rows] = scores
    return together


def _chances(scores: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """How sure the bot would be, calibrated as the shipped classifier is: 0.9 is right nine times of ten."""
    if right.all() or not right.any():
        return UNCALIBRATED.chance(scores)
    signs = signs_of(scores)
    return np.asarray(LogisticRegression(max_iter=1000).fit(signs, right).predict_proba(signs)[:, 1])
