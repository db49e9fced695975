"""The comparison of classifiers: what is drawn, what is scored, and that nothing is measured twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.classifiers.answers import answers_of
from benchmarks.classifiers.contender import Contender, Judgements
from benchmarks.classifiers.ensemble import together
from benchmarks.classifiers.reader import Text
from benchmarks.classifiers.sample import OUT_OF_SCOPE, OUT_OF_SCOPE_TIMES, PARTS, Sample, draw, keep, kept
from benchmarks.classifiers.scores import calibration_error, scores, separation
from benchmarks.classifiers.trial import Trials
from bot.nlu.example_files import Example

INTENTS = ["a", "b", "c", "d", "e", OUT_OF_SCOPE]
EXAMPLES = [
    Example(f"{intent} {language} word{number} and more", intent, language)
    for intent in INTENTS
    for language in ("en", "id")
    for number in range(60)
]


@pytest.fixture(scope="module")
def sample() -> Sample:
    return draw(EXAMPLES, train=6, test=2)


def test_the_same_seed_draws_the_same_sample(sample: Sample) -> None:
    assert draw(EXAMPLES, train=6, test=2) == sample
    assert draw(EXAMPLES, train=6, test=2, seed=1) != sample


def test_nothing_that_is_asked_was_learnt(sample: Sample) -> None:
    learnt = {each.text for each in sample.train}
    assert not learnt & {each.text for each in sample.test}


def test_each_intent_and_language_has_its_share(sample: Sample) -> None:
    counts = Counter((each.intent, each.language) for each in sample.train)
    assert counts["a", "id"] == 6
    assert counts[OUT_OF_SCOPE, "en"] == 6 * OUT_OF_SCOPE_TIMES


def test_a_rare_intent_is_learnt_three_times_as_often_as_asked() -> None:
    few = [Example(f"text {number}", "a", "en") for number in range(8)] + EXAMPLES
    rare = draw([each for each in few if each.intent != "a" or each.text.startswith("text")], train=30, test=10)
    assert Counter(each.intent for each in rare.train)["a"] == 6
    assert Counter(each.intent for each in rare.test)["a"] == 2


def test_every_intent_is_in_one_part_and_out_of_scope_in_none(sample: Sample) -> None:
    assert len(sample.parts) == PARTS
    assert sorted(intent for part in sample.parts for intent in part) == ["a", "b", "c", "d", "e"]
    assert not {each.intent for each in sample.without(0)} & set(sample.parts[0])


def test_a_kept_sample_is_read_as_it_was(sample: Sample, tmp_path: Path) -> None:
    keep(sample, tmp_path / "run")
    assert kept(tmp_path / "run") == sample
    assert kept(tmp_path / "other") is None


def _judged(rows: Sequence[Sequence[float]], intents: Sequence[str] = ("a", "b", OUT_OF_SCOPE)) -> Judgements:
    return Judgements(list(intents), np.array(rows), 2.0, [3.0] * len(rows))


def test_an_answer_tells_the_best_that_is_in_scope() -> None:
    (answer,) = answers_of(_judged([[0.1, 0.3, 0.6]]))
    assert (answer.first, answer.confidence, answer.inside) == (OUT_OF_SCOPE, 0.6, 0.3)
    assert answer.lead == pytest.approx(0.2)


def test_scores_of_known_answers() -> None:
    judged = _judged([[0.8, 0.1, 0.1], [0.7, 0.2, 0.1], [0.1, 0.1, 0.8], [0.2, 0.7, 0.1]])
    found = scores(judged, ["a", "b", OUT_OF_SCOPE, OUT_OF_SCOPE])
    assert found.accuracy == 0.5
    # a: 2 of 3; b: never; out of scope: 2 of 3
    assert found.macro_f1 == pytest.approx((2 / 3 + 0 + 2 / 3) / 3)
    assert (found.refused, found.refused_wrongly) == (0.5, 0.0)
    assert (found.cpu_seconds, found.milliseconds) == (2.0, 3.0)


def test_calibration_error_is_the_gap_between_saying_and_being_right() -> None:
    assert calibration_error([0.75] * 4, [True, True, True, False]) == pytest.approx(0.0)
    assert calibration_error([0.95, 0.95, 0.15, 0.15], [True, False, False, False]) == pytest.approx(0.3)
    assert calibration_error([1.0, 1.0], [True, True]) == pytest.approx(0.0)


def test_separation_counts_the_pairs_in_the_right_order() -> None:
    assert separation([0.9, 0.6], [0.7, 0.1]) == pytest.approx(3 / 4)


def test_an_ensemble_says_the_mean_and_takes_the_time_of_all() -> None:
    both = together([_judged([[0.8, 0.1, 0.1]]), _judged([[0.2, 0.7, 0.1]])])
    assert both.confidences[0] == pytest.approx([0.5, 0.4, 0.1])
    assert (both.cpu_seconds, both.milliseconds) == (4.0, [6.0])


def test_classifiers_of_different_intents_are_no_ensemble() -> None:
    with pytest.raises(ValueError, match="different intents"):
        together([_judged([[0.8, 0.1, 0.1]]), _judged([[0.8, 0.2]], ("a", "b"))])


def test_a_run_that_goes_on_trains_nothing_twice(sample: Sample, tmp_path: Path) -> None:
    trained: list[int] = []

    def by_first_word(texts: Sequence[Text], intents: Sequence[str], asked: Sequence[Text]) -> Judgements:
        trained.append(len(texts))
        names = sorted(set(intents))
        rows = [[float(text.typed.split()[0] == name) for name in names] for text in asked]
        return Judgements(names, np.array(rows), 1.0, [1.0] * len(rows))

    contender = Contender("words", "by the first word", by_first_word, parts=2)
    first = Trials(sample, tmp_path, lambda _: None).outcome(contender)
    assert first.scores.accuracy == 1.0
    assert first.separation == 1.0
    assert len(trained) == 3
    assert Trials(sample, tmp_path, lambda _: None).outcome(contender) == first
    assert len(trained) == 3
