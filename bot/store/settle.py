"""Settling a write whose answer was lost: the same call with the same key until the store says what happened."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.store.errors import OutcomeUnknown, RateLimited, Unavailable

Result = TypeVar("Result")

LONGEST_PAUSE = 5.0  # seconds


async def settle(
    write: Callable[[], Awaitable[Result]], *, key: str, repeats: int = 3, first_pause: float = 0.3
) -> Result:
    """``write``'s result. ``write`` must send the same request under the same ``key`` each time it is called.

    Args:
        repeats: how often the write is sent again after its outcome became unknown.
        first_pause: seconds before the first repeat; each next pause is twice as long.

    Raises:
        OutcomeUnknown: nobody could say within the repeats. A store that is down by then is no proof that nothing
            was written, so ``Unavailable`` and ``RateLimited`` are raised only by a first call.
        StoreError: the store's own refusal, whichever call it answered.
    """
    try:
        return await write()
    except OutcomeUnknown:
        pause = first_pause
    for _ in range(repeats):
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
        try:
            return await write()
        except (OutcomeUnknown, Unavailable):
            continue
        except RateLimited as busy:
            pause = min(max(pause, busy.retry_after), LONGEST_PAUSE)
    raise OutcomeUnknown(key)
