"""What happens next and when, as sentences."""

from __future__ import annotations

from collections.abc import Iterable

from bot.orders.next_step import NextStep, Step
from bot.wording.tongue import Speaks


def next_steps_text(steps: Iterable[NextStep], tongue: Speaks) -> str:
    return " ".join(next_steps(steps, tongue))


def next_steps(steps: Iterable[NextStep], tongue: Speaks) -> list[str]:
    """One sentence a step."""
    return [_sentence(step, tongue) for step in steps if step.step is not Step.nothing]


def _sentence(step: NextStep, tongue: Speaks) -> str:
    by = tongue.formats.day(step.latest) if step.latest else tongue.words.text("when.unknown")
    return tongue.words.text(f"next_step.{step.step.value}", when=_when(step, tongue), by=by)


def _when(step: NextStep, tongue: Speaks) -> str:
    if step.earliest is None or step.latest is None:
        return tongue.words.text("when.unknown")
    if step.earliest == step.latest:
        return tongue.words.text("when.on", day=tongue.formats.day(step.latest))
    return tongue.words.text(
        "when.between", earliest=tongue.formats.day(step.earliest), latest=tongue.formats.day(step.latest)
    )
