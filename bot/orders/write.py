"""Repeats a write whose answer was lost: the same key makes the store do it once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.store.errors import OutcomeUnknown

Answer = TypeVar("Answer")

PAUSES = (0.2, 1.0)  # seconds before each repetition


async def write(send: Callable[[], Awaitable[Answer]]) -> Answer:
    """Raises what ``send`` raises; ``OutcomeUnknown`` only when no repetition was answered either."""
    for pause in PAUSES:
        try:
            return await send()
        except OutcomeUnknown:
            await asyncio.sleep(pause)
    return await send()
