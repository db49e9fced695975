"""What a classifier said to each message; kept in files, so that a run goes on and others can build on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


def answers_of(judged: Judgements) -> list[Answer]:
    """An answer for each message, in their order."""
    outside = [intent == OUT_OF_SCOPE for intent in judged.intents]
    return [_answer(row.tolist(), judged.intents, outside) for row in judged.confidences]


def _answer(row: Sequence[float], intents: Sequence[str], outside: Sequence[bool]) -> Answer:
    best = max(range(len(row)), key=row.__getitem__)
    inside = sorted((value for value, out in zip(row, outside, strict=True) if not out), reverse=True)
    return Answer(intents[best], row[best], inside[0], inside[0] - inside[1])


def write(judged: Judgements, file: Path) -> None:
    """Whole or not at all: a run may be ended at any time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"unfinished-{file.name}")
    with unfinished.open("wb") as written:
        np.savez_compressed(
            written,
            intents=np.array(judged.intents),
            confidences=judged.confidences.astype(np.float32),
            cpu_seconds=judged.cpu_seconds,
            milliseconds=np.array(judged.milliseconds, np.float32),
        )
    unfinished.replace(file)


def read(file: Path) -> Judgements:
    """What ``write`` wrote."""
    with np.load(file) as kept:
        return Judgements(
            kept["intents"].tolist(), kept["confidences"], float(kept["cpu_seconds"]), kept["milliseconds"].tolist()
        )
