"""The comparison as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.classifiers.contenders import ABLATIONS, CONTENDERS, SHIPPED
from benchmarks.classifiers.trial import Outcome, Trials


def tables(trials: Trials) -> str:
    return f"{comparison(trials)}\n\n{ablation(trials)}"


def comparison(trials: Trials) -> str:
    """All contenders."""
    head = [
        "",
        "accuracy",
        "macro F1",
        "calibration error",
        "out of scope: refused",
        "in scope: refused",
        "unknown intents: AUROC",
        "training, CPU s",
        "a message, ms",
    ]
    return table(head, [_compared(trials.outcome(each)) for each in CONTENDERS])


def ablation(trials: Trials) -> str:
    """The shipped classifier without its parts."""
    head = ["", "accuracy", "macro F1", "out of scope: refused", "training, CPU s", "a message, ms"]
    return table(head, [_ablated(trials.outcome(each)) for each in (SHIPPED, *ABLATIONS)])


def _compared(outcome: Outcome) -> list[str]:
    found = outcome.scores
    separation = "" if outcome.separation is None else f"{outcome.separation:.3f}"
    return [
        outcome.title,
        f"{found.accuracy:.3f}",
        f"{found.macro_f1:.3f}",
        f"{found.calibration_error:.3f}",
        f"{found.refused:.3f}",
        f"{found.refused_wrongly:.3f}",
        separation,
        f"{found.cpu_seconds:.1f}",
        f"{found.milliseconds:.2f}",
    ]


def _ablated(outcome: Outcome) -> list[str]:
    found = outcome.scores
    return [
        outcome.title,
        f"{found.accuracy:.3f}",
        f"{found.macro_f1:.3f}",
        f"{found.refused:.3f}",
        f"{found.cpu_seconds:.1f}",
        f"{found.milliseconds:.2f}",
    ]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table: the first column words, the others numbers."""
    ruler = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ruler, *rows))
