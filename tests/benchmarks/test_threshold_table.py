"""The numbers by threshold, on answers whose numbers are known."""

from __future__ import annotations

import math

import pytest

from benchmarks.nlu import Outcome

OOS = "none"
RIGHT = ["a", "a", "b", "b", OOS, OOS]
SAID = ["a", "b", "b", "b", "a", "b"]
SURE = [0.9, 0.6, 0.8, 0.3, 0.7, 0.2]
OUTCOME = Outcome(RIGHT, SAID, SURE, [1.0] * 6)


def test_without_a_threshold_all_is_answered() -> None:
    accuracy, recall, _ = OUTCOME.at(0.0, OOS)
    assert (accuracy, recall) == (0.75, 0.0)


def test_at_one_half_the_unsure_ones_are_out_of_scope() -> None:
    accuracy, recall, correlation = OUTCOME.at(0.5, OOS)
    assert (accuracy, recall) == (0.5, 0.5)
    # Answers a b b none a none. Gorodkin's R_K: c = 3 right of s = 6; each label is right and said twice, so
    # (c s - sum p t) / sqrt((s^2 - sum p^2)(s^2 - sum t^2)) = (18 - 12) / sqrt(24 * 24).
    assert correlation == pytest.approx(0.25)


def test_a_confidence_that_equals_the_threshold_is_enough() -> None:
    accuracy, _, _ = OUTCOME.at(0.3, OOS)
    assert accuracy == 0.75


def test_answers_that_are_all_right_correlate_fully() -> None:
    outcome = Outcome(RIGHT, ["a", "a", "b", "b", "a", "b"], [0.9, 0.9, 0.9, 0.9, 0.1, 0.1], [1.0] * 6)
    assert outcome.at(0.5, OOS) == (1.0, 1.0, pytest.approx(1.0))


def test_a_set_without_messages_out_of_scope_has_no_recall_of_them() -> None:
    outcome = Outcome(["a", "b"], ["a", "b"], [0.9, 0.9], [1.0, 1.0])
    accuracy, recall, _ = outcome.at(0.5, OOS)
    assert accuracy == 1.0
    assert math.isnan(recall)
