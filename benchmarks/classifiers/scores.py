"""How good a classifier's answers are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from benchmarks.classifiers.answers import answers_of
from benchmarks.classifiers.contender import Judgements
from benchmarks.classifiers.sample import OUT_OF_SCOPE

BINS = 10


@dataclass(frozen=True)
class Scores:
    """Shares from 0 to 1.

    Attributes:
        accuracy: of the first intent, out of scope being one of them.
        macro_f1: mean of the intents' F1.
        calibration_error: expected; 0 where a confidence of 0.8 is right in 80 % of the cases.
        refused: of the messages that are out of scope, those that are called so.
        refused_wrongly: of the others.
        cpu_seconds: of training.
        milliseconds: p50 a message.
    """

    accuracy: float
    macro_f1: float
    calibration_error: float
    refused: float
    refused_wrongly: float
    cpu_seconds: float
    milliseconds: float


def scores(judged: Judgements, right: Sequence[str]) -> Scores:
    """Compare with the right intents."""
    answers = answers_of(judged)
    said = np.array([each.first for each in answers])
    truth = np.array(right)
    hits = said == truth
    outside = truth == OUT_OF_SCOPE
    return Scores(
        float(hits.mean()),
        float(f1_score(truth, said, average="macro", labels=sorted(set(right)), zero_division=0)),
        calibration_error([each.confidence for each in answers], hits.tolist()),
        float((said[outside] == OUT_OF_SCOPE).mean()),
        float((said[~outside] == OUT_OF_SCOPE).mean()),
        judged.cpu_seconds,
        float(np.median(judged.milliseconds)),
    )


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error over bins of equal width (Guo et al. 2017)."""
    sure, hits = np.array(confidences), np.array(right, float)
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    filled = [bins == each for each in set(bins)]
    return float(sum(abs(sure[inside].mean() - hits[inside].mean()) * inside.mean() for inside in filled))


def separation(inside: Sequence[float], outside: Sequence[float]) -> float:
    """AUROC: how often a message of a known intent is surer than one of an intent that was left out of training."""
    return float(roc_auc_score([1] * len(inside) + [0] * len(outside), [*inside, *outside]))
