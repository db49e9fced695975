"""Several classifiers that are asked together: the mean of what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.classifiers.contender import Train, Trained
from benchmarks.classifiers.reader import Text


@dataclass(frozen=True)
class _Together:
    members: Sequence[Trained]

    def judge(self, text: Text) -> NDArray[Any]:
        return np.asarray(np.mean([member.judge(text) for member in self.members], axis=0))


def together(*members: Train) -> Train:
    """All of them trained on the same texts; the order of the intents is the same for all."""

    def train(texts: Sequence[Text], intents: Sequence[str]) -> _Together:
        return _Together([member(texts, intents) for member in members])

    return train
