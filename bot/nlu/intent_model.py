"""The intent classifier at work: one linear support vector machine an intent, and a confidence that means what it says.

``bot.nlu.intent_training`` makes it. Why this one: docs/adr/0004.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax

from bot.nlu.intent_features import IntentFeatures, Reading

SHARPNESS = 4.0  # of the scores that are made probabilities; the calibration follows
OPINION_WEIGHT = 0.6  # of another model's opinion among the features


@dataclass(frozen=True)
class Calibration:
    """From the signs of a ranking to the chance that its first intent is right."""

    weights: NDArray[Any]
    bias: float

    def chance(self, scores: NDArray[Any]) -> NDArray[Any]:
        """Chances from 0 to 1.

        Args:
            scores: one row a message, one column an intent.
        """
        return np.asarray(expit(signs_of(scores) @ self.weights + self.bias))


def signs_of(scores: NDArray[Any]) -> NDArray[Any]:
    """What of a ranking tells whether its first is right: best score, its odds, its lead, and the doubt over all."""
    likely = softmax(scores * SHARPNESS, axis=1)
    best = np.clip(-np.sort(-likely, axis=1)[:, :2], 1e-6, 1 - 1e-6)
    doubt = -(likely * np.log(likely + 1e-9)).sum(axis=1)
    return np.column_stack([scores.max(axis=1), np.log(best[:, 0] / (1 - best[:, 0])), best[:, 0] - best[:, 1], doubt])


@dataclass(frozen=True)
class IntentModel:
    """A trained classifier.

    Attributes:
        intents: the names, in the order of the columns.
        features: learnt from the examples.
        weights: one row a feature, one column an intent.
        bias: one value an intent.
        calibration: from scores to confidence.
        adviser: a model of neighbouring data whose opinion is among the features, or none.
    """

    intents: tuple[str, ...]
    features: IntentFeatures
    weights: NDArray[Any]
    bias: NDArray[Any]
    calibration: Calibration
    adviser: IntentModel | None = None

    def scores(self, reading: Reading) -> NDArray[Any]:
        """Each intent's score: above zero, the message is on the side of its examples."""
        rows, values = self.features.of(reading)
        found = values @ self.weights[rows].astype(np.float32)
        if self.adviser is not None:
            found = found + opinions(self.adviser.scores(reading)[None, :])[0] @ self.weights[self.features.size :]
        return np.asarray(found + self.bias)

    def ranking(self, reading: Reading) -> list[tuple[str, float]]:
        """All intents with their confidence, the likeliest first; together they make one."""
        scores = self.scores(reading)
        likely = softmax(scores * SHARPNESS)
        order = np.argsort(-likely, kind="stable")
        chance = float(self.calibration.chance(scores[None, :])[0])
        rest = 1.0 - likely[order[0]]
        confidences = likely * ((1 - chance) / rest if rest > 0 else 0.0)
        confidences[order[0]] = chance
        return [(self.intents[intent], float(confidences[intent])) for intent in order]


def opinions(scores: NDArray[Any]) -> NDArray[Any]:
    """An adviser's scores as features of fixed length; the root lets a second-best opinion be heard."""
    return np.asarray(np.sqrt(softmax(scores * SHARPNESS, axis=1)) * OPINION_WEIGHT, dtype=np.float32)
