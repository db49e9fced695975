"""One contender through all its trainings; what was done before is read instead of done again."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.classifiers.answers import answers_of, read, write
from benchmarks.classifiers.contender import Contend, Contender, Judgements
from benchmarks.classifiers.ensemble import together
from benchmarks.classifiers.reader import Reader
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
        folder: where judgements are kept.
        tell: is told what is being done.
    """

    def __init__(self, sample: Sample, folder: Path, tell: Callable[[str], None]) -> None:
        self.sample = sample
        self._folder = folder
        self._tell = tell
        self._readers: dict[tuple[int | None, bool], Reader] = {}

    def outcome(self, contender: Contender) -> Outcome:
        """Train what is not trained yet, and score."""
        right = [each.intent for each in self.sample.test]
        judged = scores(self.judgements(contender), right)
        return Outcome(contender.title, judged, self._separation(contender) if contender.parts else None)

    def _separation(self, contender: Contender) -> float:
        """Of all parts together, each with its own model."""
        inside: list[float] = []
        outside: list[float] = []
        for part in range(contender.parts):
            left_out = set(self.sample.parts[part])
            answers = answers_of(self.judgements(contender, part))
            for example, answer in zip(self.sample.test, answers, strict=True):
                if example.intent != OUT_OF_SCOPE:
                    (outside if example.intent in left_out else inside).append(answer.inside)
        return separation(inside, outside)

    def judgements(
        self, contender: Contender, part: int | None = None, *, negatives: bool = True, foreign: Sequence[str] = ()
    ) -> Judgements:
        """Of the sample's test messages, or of others.

        Args:
            contender: is trained if it was not before.
            part: of the intents, left out of the training; none if none is.
            negatives: whether examples of what is out of scope are learnt from.
            foreign: messages to ask instead of the sample's.
        """
        if contender.contend is None:
            of_each = (self.judgements(each, part, negatives=negatives, foreign=foreign) for each in contender.members)
            return together(list(of_each))
        name = ALL if part is None else str(part)
        name += "" if negatives else "-no-class"
        name += f"-{hashlib.sha256(json.dumps(foreign).encode()).hexdigest()[:8]}" if foreign else ""
        file = self._folder / contender.key / f"{name}.npz"
        if not file.exists():
            started = time.monotonic()
            asked = foreign or [each.text for each in self.sample.test]
            write(self._contend(contender.contend, part, negatives, asked), file)
            self._tell(f"{contender.title}: {name}, {time.monotonic() - started:.0f} s")
        return read(file)

    def _contend(self, contend: Contend, part: int | None, negatives: bool, asked: Sequence[str]) -> Judgements:
        learnt = self.sample.train if part is None else self.sample.without(part)
        if not negatives:
            learnt = [each for each in learnt if each.intent != OUT_OF_SCOPE]
        reader = self._reader(part, negatives, learnt)
        texts = [reader.read(each.text, each.language) for each in learnt]
        return contend(texts, [each.intent for each in learnt], [reader.read(text) for text in asked])

    def _reader(self, part: int | None, negatives: bool, learnt: Sequence[Example]) -> Reader:
        if (part, negatives) not in self._readers:
            self._readers[part, negatives] = Reader.learnt_from(learnt)
        return self._readers[part, negatives]
