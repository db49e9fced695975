"""Training of the intent classifier, and its measurement on examples that were held back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.nlu.intent_features import IntentFeatures, Reading
from bot.nlu.intent_model import Calibration, IntentModel, opinions, signs_of

MANY_EXAMPLES = 3000  # beyond, the calibration holds one part back once; up to that, each part in turn
PARTS = 4
UNCALIBRATED = Calibration(np.array([0.0, 1.0, 0.0, 0.0]), 0.0)  # the plain probability of the first
UNHEARD_OF = -2.0  # the score of an intent that a part's training did not see


@dataclass(frozen=True)
class Learning:
    """How to learn.

    Attributes:
        even: whether intents with few examples count as much as those with many; better where examples are few.
        strictness: the inverse of the regularisation ("C").
        adviser: a model of neighbouring data; its opinion helps where examples are few.
    """

    even: bool = False
    strictness: float = 1.0
    adviser: IntentModel | None = None

    def fit(self, matrix: csr_matrix, labels: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Weights and biases; a column for each label that occurs, in their order."""
        machine = LinearSVC(C=self.strictness, class_weight="balanced" if self.even else None, random_state=0, tol=1e-2)
        machine.fit(matrix, labels)
        weights, bias = machine.coef_.T, machine.intercept_
        if len(machine.classes_) == 2:  # then the machine keeps one column for both
            weights, bias = np.hstack([-weights, weights]), np.array([-bias[0], bias[0]])
        return weights, bias

    def matrix(self, features: IntentFeatures, readings: Sequence[Reading]) -> csr_matrix:
        """The readings' features, and the adviser's opinion of each."""
        matrix = features.matrix(readings)
        if self.adviser is None:
            return matrix
        advice = self.adviser.features.matrix(readings) @ self.adviser.weights.astype(np.float32) + self.adviser.bias
        return hstack([matrix, csr_matrix(opinions(advice))]).tocsr()


def learning_for(examples: int, adviser: IntentModel | None = None) -> Learning:
    """How to learn from that many examples; measured on parts of our own."""
    return Learning(even=examples <= MANY_EXAMPLES, adviser=adviser)


def train_intent_model(
    readings: Sequence[Reading], intents: Sequence[str], adviser: IntentModel | None = None
) -> IntentModel:
    """Learn from examples; few or many, which decides how.

    Args:
        readings: the examples.
        intents: the intent of each.
        adviser: a model of neighbouring data, or none.

    Raises:
        ValueError: fewer than two intents.
    """
    names = np.array(sorted(set(intents)))
    if len(names) < 2:
        raise ValueError("At least two intents are needed.")
    labels = np.searchsorted(names, np.array(intents))
    learning = learning_for(len(readings), adviser)
    features = IntentFeatures.learnt_from(readings)
    matrix = learning.matrix(features, readings)
    weights, bias = learning.fit(matrix, labels)
    calibration = _calibrated(readings, labels, matrix, learning)
    return IntentModel(tuple(names.tolist()), features, weights.astype(np.float16), bias, calibration, learning.adviser)


def held_back(
    readings: Sequence[Reading], labels: NDArray[Any], learning: Learning, matrix: csr_matrix | None = None
) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Part by part: which examples, and the scores that a model trained on all others gives them.

    Args:
        readings: the examples.
        labels: a number for each one's intent.
        learning: how to learn.
        matrix: their features, learnt from all of them: with many examples much faster and hardly different; none
            given, each part's features are learnt from the others alone.
    """
    parts = StratifiedKFold(PARTS, shuffle=True, random_state=0)
    for train, test in parts.split(np.zeros(len(labels)), labels):
        if matrix is None:
            features = IntentFeatures.learnt_from([readings[row] for row in train])
            seen = learning.matrix(features, [readings[row] for row in train])
            asked = learning.matrix(features, [readings[row] for row in test])
        else:
            seen, asked = matrix[train], matrix[test]
        weights, bias = learning.fit(seen, labels[train])
        scores = np.full((len(test), int(labels.max()) + 1), UNHEARD_OF)
        scores[:, np.unique(labels[train])] = asked @ weights + bias
        yield test, scores


def _calibrated(
    readings: Sequence[Reading], labels: NDArray[Any], matrix: csr_matrix, learning: Learning
) -> Calibration:
    """Logistic regression from the signs of held-back rankings (Platt 1999, on several signs instead of one)."""
    usable = np.flatnonzero(np.bincount(labels)[labels] >= PARTS)  # rarer intents cannot be in every part
    kept = np.unique(labels[usable], return_inverse=True)[1]
    if len(np.unique(kept)) < 2:
        return UNCALIBRATED
    many = len(usable) > MANY_EXAMPLES
    signs, right = [], []
    parts = held_back([readings[row] for row in usable], kept, learning, matrix[usable] if many else None)
    for test, scores in parts:
        signs.append(signs_of(scores))
        right.append(scores.argmax(axis=1) == kept[test])
        if many:
            break
    seen, correct = np.concatenate(signs), np.concatenate(right)
    if correct.all() or not correct.any():
        return UNCALIBRATED
    middle, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-9
    fitted = LogisticRegression().fit((seen - middle) / spread, correct)
    weights = fitted.coef_[0] / spread
    return Calibration(weights, float(fitted.intercept_[0] - middle @ weights))
