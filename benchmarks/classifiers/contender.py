"""What a classifier has to do to be compared."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.classifiers.reader import Text

MEASURED_PARTS = 2  # of the four that the intents are parted in: more would take more than a night


class Trained(Protocol):
    def judge(self, text: Text) -> NDArray[Any]:
        """A confidence for each intent, in the order of their names; together they make one."""


Train = Callable[[Sequence[Text], Sequence[str]], Trained]


@dataclass(frozen=True)
class Judgements:
    """What a trained classifier said.

    Attributes:
        intents: the columns, in the order of their names.
        confidences: one row a message.
        cpu_seconds: of training, on all cores together.
        milliseconds: for each message, of processor time: other work on the machine shall not count.
    """

    intents: list[str]
    confidences: NDArray[Any]
    cpu_seconds: float
    milliseconds: list[float]


Contend = Callable[[Sequence[Text], Sequence[str], Sequence[Text]], Judgements]


@dataclass(frozen=True)
class Contender:
    """A way to classify.

    Attributes:
        key: its name in files.
        title: its name for readers.
        contend: learns from texts and their intents, then says what other texts are; none if others do it together.
        parts: of the intents, each of which is left out once; as many trainings more.
        members: those that are asked together then.
    """

    key: str
    title: str
    contend: Contend | None
    parts: int = MEASURED_PARTS
    members: tuple[Contender, ...] = ()


def here(train: Train) -> Contend:
    """A classifier that is trained and asked in this process, message by message."""

    def contend(texts: Sequence[Text], intents: Sequence[str], asked: Sequence[Text]) -> Judgements:
        started = time.process_time()
        trained = train(texts, intents)
        seconds = time.process_time() - started
        rows, milliseconds = [], []
        for text in asked:
            begun = time.process_time()
            rows.append(trained.judge(text))
            milliseconds.append((time.process_time() - begun) * 1000)
        return Judgements(sorted(set(intents)), np.array(rows), seconds, milliseconds)

    return contend
