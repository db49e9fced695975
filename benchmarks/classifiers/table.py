"""The comparison as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.classifiers.contenders import ABLATIONS, CONTENDERS, SHIPPED
from benchmarks.classifiers.rejection import Refusal, rejection
from benchmarks.classifiers.trial import Outcome, Trials
from benchmarks.markdown import percent, table


def tables(trials: Trials, elsewhere: Sequence[str]) -> str:
    """All three."""
    return "\n\n".join([comparison(trials), ablation(trials), refusals(rejection(trials, elsewhere))])


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


def refusals(found: Sequence[Refusal]) -> str:
    """Ways to refuse what is not for the shop."""
    head = [
        "refused by",
        "in scope",
        "our out of scope",
        "unknown intents",
        "CLINC150's out of scope",
        "AUROC, our out of scope",
        "AUROC, unknown intents",
    ]
    rows = [
        [
            each.title,
            percent(each.refused_wrongly),
            percent(each.refused),
            percent(each.refused_unknown),
            "" if each.refused_elsewhere is None else percent(each.refused_elsewhere),
            "" if each.separation is None else f"{each.separation:.3f}",
            "" if each.separation_unknown is None else f"{each.separation_unknown:.3f}",
        ]
        for each in found
    ]
    return table(head, rows)


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
