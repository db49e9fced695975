"""A run of the comparison: a sample, and what was measured on it, in a folder named after the sample."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.classifiers.sample import Sample, draw, keep, kept
from benchmarks.classifiers.trial import Trials
from bot.nlu.example_files import read_examples

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / ".cache" / "classifiers"
EXAMPLES = PROJECT / "data" / "nlu"


@dataclass(frozen=True)
class Run:
    """``drawn``: the day; ``available``: examples that the sample was drawn from."""

    sample: Sample
    folder: Path
    drawn: str
    available: int

    def trials(self, tell: Callable[[str], None]) -> Trials:
        return Trials(self.sample, self.folder, tell)


def start(folder: Path, train: int, test: int) -> Run:
    """Draw a sample of the shop's examples as they are now."""
    examples = read_examples(EXAMPLES)
    sample = draw(examples, train, test)
    place = folder / sample.fingerprint
    keep(sample, place)
    run = Run(sample, place, date.today().isoformat(), len(examples))
    (place / "about.json").write_text(json.dumps({"drawn": run.drawn, "available": run.available}), "utf-8")
    return run


def newest(folder: Path) -> Run | None:
    """The run that was begun last; none if there was none."""
    begun = sorted(folder.glob("*/about.json"), key=lambda file: file.stat().st_mtime)
    sample = kept(begun[-1].parent) if begun else None
    return Run(sample, begun[-1].parent, **json.loads(begun[-1].read_text("utf-8"))) if sample else None
