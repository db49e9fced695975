"""What happens next and when, as sentences."""

from __future__ import annotations

from collections.abc import Iterable

from actions.voice import Voice
from bot.orders.next_step import NextStep, Step


def next_steps_text(steps: Iterable[NextStep], voice: Voice) -> str:
    """One sentence a step, from ``next_step`` in the words file; empty without steps."""
    return " ".join(sentence for step in steps if (sentence := next_step_text(step, voice)))


def next_step_text(step: NextStep, voice: Voice) -> str:
    if step.step is Step.nothing:
        return ""
    by = voice.formats.day(step.latest) if step.latest else voice.words.text("when.unknown")
    return voice.words.text(f"next_step.{step.step.value}", when=when(step, voice), by=by)


def when(step: NextStep, voice: Voice) -> str:
    """ "between Monday and Thursday", "on Monday", or "soon" where no day can be said."""
    if step.earliest is None or step.latest is None:
        return voice.words.text("when.unknown")
    if step.earliest == step.latest:
        return voice.words.text("when.on", day=voice.formats.day(step.latest))
    return voice.words.text(
        "when.between", earliest=voice.formats.day(step.earliest), latest=voice.formats.day(step.latest)
    )
