"""Three ways to refuse what is not for the shop: too little confidence, too small a lead, or a class of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.classifiers.answers import Answer, answers_of
from benchmarks.classifiers.contenders import SHIPPED
from benchmarks.classifiers.sample import OUT_OF_SCOPE
from benchmarks.classifiers.scores import separation
from benchmarks.classifiers.trial import Trials

REFUSED_WRONGLY = 0.05  # of what is in scope: by this the thresholds are set
Sign = Callable[[Answer], float]


@dataclass(frozen=True)
class Refusal:
    """How well a sign tells what is out of scope.

    Attributes:
        title: the sign.
        refused_wrongly: share of what is in scope.
        refused: share of the shop's own examples of what is out of scope.
        refused_unknown: share of messages of intents that were left out of training.
        refused_elsewhere: share of somebody else's out-of-scope messages; none if there are none.
        separation: AUROC against the shop's own out-of-scope examples; none where there is no threshold.
        separation_unknown: AUROC against intents that were left out.
    """

    title: str
    refused_wrongly: float
    refused: float
    refused_unknown: float
    refused_elsewhere: float | None
    separation: float | None = None
    separation_unknown: float | None = None


@dataclass(frozen=True)
class _Groups:
    """Answers to messages of three kinds."""

    inside: Sequence[Answer]
    foreign: Sequence[Answer]
    unknown: Sequence[Answer]
    elsewhere: Sequence[Answer]


def rejection(trials: Trials, elsewhere: Sequence[str]) -> list[Refusal]:
    """The shipped classifier, with and without examples of what is out of scope.

    Args:
        trials: of the sample.
        elsewhere: out-of-scope messages from another source; may be empty.
    """
    with_class = _groups(trials, elsewhere, negatives=True)
    without = _groups(trials, elsewhere, negatives=False)
    return [
        _by_threshold("confidence, no such class", without, _confidence),
        _by_threshold("lead before the second, no such class", without, _lead),
        _by_class("the class alone", with_class),
        _by_threshold("the class and confidence", with_class, _confidence),
        _by_threshold("the class and lead", with_class, _lead),
    ]


def _groups(trials: Trials, elsewhere: Sequence[str], *, negatives: bool) -> _Groups:
    test = trials.sample.test
    whole = answers_of(trials.judgements(SHIPPED, negatives=negatives))
    inside = [answer for each, answer in zip(test, whole, strict=True) if each.intent != OUT_OF_SCOPE]
    foreign = [answer for each, answer in zip(test, whole, strict=True) if each.intent == OUT_OF_SCOPE]
    unknown: list[Answer] = []
    for part in range(SHIPPED.parts):
        left_out = trials.sample.parts[part]
        answers = answers_of(trials.judgements(SHIPPED, part, negatives=negatives))
        unknown += [answer for each, answer in zip(test, answers, strict=True) if each.intent in left_out]
    more = answers_of(trials.judgements(SHIPPED, negatives=negatives, foreign=elsewhere)) if elsewhere else []
    return _Groups(inside, foreign, unknown, more)


def _confidence(answer: Answer) -> float:
    return answer.inside


def _lead(answer: Answer) -> float:
    return answer.lead


def _by_threshold(title: str, groups: _Groups, sign: Sign) -> Refusal:
    inside = [sign(each) for each in groups.inside]
    threshold = float(np.quantile(inside, REFUSED_WRONGLY))
    return Refusal(
        title,
        *_shares(groups, lambda answer: sign(answer) < threshold),
        separation(inside, [sign(each) for each in groups.foreign]),
        separation(inside, [sign(each) for each in groups.unknown]),
    )


def _by_class(title: str, groups: _Groups) -> Refusal:
    return Refusal(title, *_shares(groups, lambda answer: answer.first == OUT_OF_SCOPE))


def _shares(groups: _Groups, refuses: Callable[[Answer], bool]) -> tuple[float, float, float, float | None]:
    """In the order of ``Refusal``."""

    def share(answers: Sequence[Answer]) -> float:
        return sum(map(refuses, answers)) / len(answers)

    elsewhere = share(groups.elsewhere) if groups.elsewhere else None
    return share(groups.inside), share(groups.foreign), share(groups.unknown), elsewhere
