"""Rules and stories as they are written, with lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.project.lined_yaml import Document

BEGIN_JOB = "action_begin_job"
_ACTION = "action_"


@dataclass(frozen=True)
class Story:
    """A rule or a story.

    Attributes:
        name: as its author called it.
        is_rule: whether it always holds.
        conditional: whether the rule has conditions (an open form, a slot).
        steps: as they stand in the file.
    """

    name: str
    is_rule: bool
    conditional: bool
    steps: Sequence[Mapping[str, Any]]
    file: Path
    line: int

    @property
    def intents(self) -> frozenset[str]:
        """All intents that it names."""
        return frozenset(intent for step in self.steps for intent in _intents(step))

    @property
    def first_intents(self) -> tuple[str, ...]:
        """The intents, one of which it begins with; none if it goes on after something else."""
        return tuple(_intents(self.steps[0])) if self.steps else ()

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions, responses and forms in their order."""
        return tuple(str(step["action"]) for step in self.steps if step.get("action"))

    @property
    def job(self) -> str | None:
        """The order job that it begins: the last action of a rule that runs ``action_begin_job`` has its name."""
        if BEGIN_JOB not in self.actions or self.conditional:
            return None
        last = self.actions[-1]
        return last.removeprefix(_ACTION) if last.startswith(_ACTION) and last != BEGIN_JOB else None


def stories_in(document: Document) -> Iterator[Story]:
    """All rules and stories of one file."""
    for section, key in (("rules", "rule"), ("stories", "story")):
        for index, entry in enumerate(document.section(section) or ()):
            if not isinstance(entry, Mapping):
                continue
            steps = [step for step in entry.get("steps") or () if isinstance(step, Mapping)]
            line = document.line(section, index)
            name = str(entry.get(key))
            yield Story(name, section == "rules", bool(entry.get("condition")), steps, document.file, line)


def order_jobs(stories: Sequence[Story]) -> dict[str, str]:
    """Intent -> the order job that it begins, for those that begin one."""
    return {intent: story.job for story in stories if story.job for intent in story.first_intents}


def _intents(step: Mapping[str, Any]) -> Iterator[str]:
    for each in (step, *(step.get("or") or ())):
        if isinstance(each, Mapping) and each.get("intent"):
            yield str(each["intent"])
