"""What a classifier said to each message, as much of it as the scores need; kept in files, so that a run goes on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.classifiers.contender import Judgements
from benchmarks.classifiers.sample import OUT_OF_SCOPE


@dataclass(frozen=True)
class Answer:
    """To one message.

    Attributes:
        first: the likeliest intent.
        confidence: of it, from 0 to 1.
        inside: confidence of the likeliest intent that is in scope.
        lead: of that one before the second that is in scope.
    """

    first: str
    confidence: float
    inside: float
    lead: float


@dataclass(frozen=True)
class Answers:
    """To all messages that were asked, in their order.

    Attributes:
        each: the answers.
        cpu_seconds: of training, on all cores together.
        milliseconds: p50 of a message that was normalised before.
    """

    each: list[Answer]
    cpu_seconds: float
    milliseconds: float

    @classmethod
    def of(cls, judged: Judgements) -> Answers:
        outside = [intent == OUT_OF_SCOPE for intent in judged.intents]
        each = [_answer(row.tolist(), judged.intents, outside) for row in judged.confidences]
        return cls(each, judged.cpu_seconds, float(np.median(judged.milliseconds)))

    def write(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        # whole or not at all: a run may be ended at any time
        unfinished = file.with_suffix(".part")
        unfinished.write_text(json.dumps(asdict(self)), "utf-8")
        unfinished.replace(file)

    @classmethod
    def read(cls, file: Path) -> Answers:
        kept = json.loads(file.read_text("utf-8"))
        return cls([Answer(**each) for each in kept["each"]], kept["cpu_seconds"], kept["milliseconds"])


def _answer(row: Sequence[float], intents: Sequence[str], outside: Sequence[bool]) -> Answer:
    best = max(range(len(row)), key=row.__getitem__)
    inside = sorted((value for value, out in zip(row, outside, strict=True) if not out), reverse=True)
    return Answer(intents[best], row[best], inside[0], inside[0] - inside[1])
