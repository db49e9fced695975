"""False triggers and small talk on a part of CLINC150 (Larson et al. 2019), which is not in the repository."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.classifiers.clinc import FILE
from benchmarks.nlu import read_rows
from benchmarks.nlu_report.rules import FALLBACK, NO_JOB, ShopRules
from benchmarks.nlu_report.shares import share
from benchmarks.nlu_report.shop_model import Understood

TAKEN_AS = Path(__file__).with_name("clinc.yml")
THRESHOLDS = [step / 10 for step in range(10)]


@dataclass(frozen=True)
class Clinc:
    """Shares from 0 to 1.

    Attributes:
        counts: messages of each kind of foreign text.
        triggered: kind -> of its messages that start an order job, at each threshold of the confidence.
        triggered_as_shipped: kind -> the same with all that the pipeline does.
        small_talk: CLINC's intent -> messages, right intent, asked back.
        shared: the same, of what a shop is asked as well.
    """

    counts: Mapping[str, int]
    triggered: Mapping[str, Sequence[float]]
    triggered_as_shipped: Mapping[str, float]
    small_talk: Mapping[str, tuple[int, float, float]]
    shared: Mapping[str, tuple[int, float, float]]


def measure(understand: Callable[[str], Understood], rules: ShopRules, file: Path = FILE) -> Clinc | None:
    """Ask the model all of them; none if the file is not there."""
    if not file.exists():
        return None
    rows = read_rows(file)
    answers: dict[str, list[Understood]] = defaultdict(list)
    for utterance, intent in zip(rows.utterances, rows.intents, strict=True):
        answers[intent].append(understand(utterance))
    taken_as = yaml.safe_load(TAKEN_AS.read_text("utf-8"))
    foreign = {kind: [one for name in names for one in answers[name]] for kind, names in taken_as["foreign"].items()}
    return Clinc(
        {kind: len(all_of) for kind, all_of in foreign.items()},
        {kind: [_triggered(all_of, rules, at) for at in THRESHOLDS] for kind, all_of in foreign.items()},
        {kind: share([rules.job(one.intent) != NO_JOB for one in all_of]) for kind, all_of in foreign.items()},
        {name: _right(answers[name], right) for name, right in taken_as["small_talk"].items()},
        {name: _right(answers[name], right) for name, right in taken_as["shared"].items()},
    )


def _triggered(answers: Sequence[Understood], rules: ShopRules, threshold: float) -> float:
    return share([rules.job(one.likeliest) != NO_JOB and one.confidence >= threshold for one in answers])


def _right(answers: Sequence[Understood], right: Sequence[str]) -> tuple[int, float, float]:
    return (
        len(answers),
        share([one.intent in right for one in answers]),
        share([one.intent == FALLBACK for one in answers]),
    )
