"""One contender through all its trainings; what was done before is read instead of done again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from benchmarks.classifiers.answers import Answers
from benchmarks.classifiers.contender import Contender
from benchmarks.classifiers.reader import Reader, Text
from benchmarks.classifiers.sample import OUT_OF_SCOPE, Sample
from benchmarks.classifiers.scores import Scores, scores, separation
from bot.nlu.example_files import Example

ALL = "all"


@dataclass(frozen=True)
class Outcome:
    """Of one contender.

    Attributes:
        scores: trained on all intents.
        separation: AUROC of the confidence for intents that were left out of training; none if that was not measured.
    """

    title: str
    scores: Scores
    separation: float | None


class Trials:
    """All contenders on one sample.

    Args:
        sample: of examples.
        folder: where answers are kept.
        tell: is told what is being done.
    """

    def __init__(self, sample: Sample, folder: Path, tell: Callable[[str], None]) -> None:
        self.sample = sample
        self._folder = folder
        self._tell = tell

    def outcome(self, contender: Contender) -> Outcome:
        """Train what is not trained yet, and score."""
        right = [each.intent for each in self.sample.test]
        judged = scores(self._answers(contender, None), right)
        return Outcome(contender.title, judged, self._separation(contender) if contender.parts else None)

    def _separation(self, contender: Contender) -> float:
        """Of all parts together, each with its own model."""
        inside: list[float] = []
        outside: list[float] = []
        for part in range(contender.parts):
            left_out = set(self.sample.parts[part])
            answers = self._answers(contender, part)
            for example, answer in zip(self.sample.test, answers.each, strict=True):
                if example.intent != OUT_OF_SCOPE:
                    (outside if example.intent in left_out else inside).append(answer.inside)
        return separation(inside, outside)

    def _answers(self, contender: Contender, part: int | None) -> Answers:
        file = self._folder / contender.key / f"{ALL if part is None else part}.json"
        if not file.exists():
            self._tell(f"{contender.title}{'' if part is None else f', without part {part + 1} of the intents'} ...")
            learnt = self.sample.train if part is None else self.sample.without(part)
            texts, asked = self._read(part)
            started = time.monotonic()
            Answers.of(contender.contend(texts, [each.intent for each in learnt], asked)).write(file)
            self._tell(f"  {time.monotonic() - started:.0f} s")
        return Answers.read(file)

    @lru_cache(maxsize=8)  # noqa: B019 - lives as long as the run
    def _read(self, part: int | None) -> tuple[list[Text], list[Text]]:
        learnt = self.sample.train if part is None else self.sample.without(part)
        return read_both(learnt, self.sample.test)


def read_both(learnt: Sequence[Example], asked: Sequence[Example]) -> tuple[list[Text], list[Text]]:
    """Training texts in the languages they are known to be in, the others in the one that is found."""
    reader = Reader.learnt_from(learnt)
    return [reader.read(each.text, each.language) for each in learnt], [reader.read(each.text) for each in asked]
