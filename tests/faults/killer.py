"""kill -9 of one process after another, at random moments, while shoppers talk."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

from tests.stack import Stack

TARGETS = ("gateway", "Rasa", "action server", "demo store")


async def kill_in_turn(
    stack: Stack,
    dice: random.Random,
    enough: asyncio.Event,
    pause: tuple[float, float],
    targets: tuple[str, ...] = TARGETS,
) -> Counter[str]:
    """Kill the targets in turn until it is enough; each answers again before the next is killed.

    Args:
        pause: seconds between an answer and the next kill, drawn between these two.

    Returns:
        how often each was killed.
    """
    kills: Counter[str] = Counter()
    while not enough.is_set():
        for name in targets:
            try:
                await asyncio.wait_for(enough.wait(), dice.uniform(*pause))
            except asyncio.TimeoutError:
                kills[name] += 1
                await asyncio.to_thread(stack.kill, name)
    return kills
