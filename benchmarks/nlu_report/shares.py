"""Cross-validation in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import f1_score

from benchmarks.nlu_report.held_back import Judged
from benchmarks.nlu_report.rules import NO_JOB, ShopRules

MORE_WORDS = 3  # from which a message should tell its language


def share(hits: Sequence[bool]) -> float:
    """Of the true ones; not a number if there are none at all."""
    return sum(hits) / len(hits) if hits else float("nan")


@dataclass(frozen=True)
class Shares:
    """Shares from 0 to 1.

    Attributes:
        examples: how many.
        accuracy: of the likeliest intent.
        macro_f1: mean of the intents' F1.
        job: messages whose order job, or its absence, is right.
        started: of those that ask for an order job, those that start the right one at the shipped threshold.
        started_wrongly: of those that ask for none, those that start one at the shipped threshold.
        covered: that are not asked back at the shipped threshold.
        accuracy_covered: of those, that have the right intent.
    """

    examples: int
    accuracy: float
    macro_f1: float
    job: float
    started: float
    started_wrongly: float
    covered: float
    accuracy_covered: float


def shares(judged: Sequence[Judged], rules: ShopRules) -> Shares:
    """All examples together."""
    right, said = [each.example.intent for each in judged], [each.intent for each in judged]
    sure = [each for each in judged if not rules.doubts(each.intent, each.confidence, each.lead)]
    jobs = [(rules.job(each.example.intent), _job_at_threshold(each, rules)) for each in judged]
    return Shares(
        examples=len(judged),
        accuracy=share([each.right for each in judged]),
        macro_f1=float(f1_score(right, said, average="macro", labels=sorted(set(right)), zero_division=0)),
        job=share([rules.job(each.example.intent) == rules.job(each.intent) for each in judged]),
        started=share([found == wanted for wanted, found in jobs if wanted != NO_JOB]),
        started_wrongly=share([found != NO_JOB for wanted, found in jobs if wanted == NO_JOB]),
        covered=len(sure) / len(judged),
        accuracy_covered=share([each.right for each in sure]),
    )


def _job_at_threshold(judged: Judged, rules: ShopRules) -> str:
    return NO_JOB if rules.doubts(judged.intent, judged.confidence, judged.lead) else rules.job(judged.intent)


@dataclass(frozen=True)
class LanguageShares:
    """``right``: of all messages; ``right_of_longer``: of those with some words; ``taken_for``: the wrong ones."""

    right: float
    right_of_longer: float
    taken_for: dict[str, float]


def language_shares(judged: Sequence[Judged], language: str, languages: Sequence[str]) -> LanguageShares:
    """How the messages of one language were taken."""
    own = [each for each in judged if each.example.language == language]
    longer = [each for each in own if len(each.example.text.split()) >= MORE_WORDS]
    return LanguageShares(
        share([each.language == language for each in own]),
        share([each.language == language for each in longer]),
        {other: share([each.language == other for each in own]) for other in languages if other != language},
    )


def most_confused(judged: Sequence[Judged], count: int) -> list[tuple[str, str, int]]:
    """Right intent, wrong intent, how often: the most frequent first."""
    wrong = Counter((each.example.intent, each.intent) for each in judged if not each.right)
    return [(right, said, times) for (right, said), times in wrong.most_common(count)]


def by_language(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The examples of each language."""
    found: dict[str, list[Judged]] = {}
    for each in sorted(judged, key=lambda judged: judged.example.language):
        found.setdefault(each.example.language, []).append(each)
    return found
