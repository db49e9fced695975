"""Several classifiers that are asked together: the mean of what they say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.classifiers.contender import Judgements


def together(members: Sequence[Judgements]) -> Judgements:
    """The mean confidences; the times are the sums.

    Args:
        members: of the same messages, trained on the same intents.

    Raises:
        ValueError: their intents are not the same.
    """
    if any(each.intents != members[0].intents for each in members):
        raise ValueError("Classifiers of different intents cannot be asked together.")
    return Judgements(
        members[0].intents,
        np.mean([each.confidences for each in members], axis=0),
        sum(each.cpu_seconds for each in members),
        np.sum([each.milliseconds for each in members], axis=0).tolist(),
    )
