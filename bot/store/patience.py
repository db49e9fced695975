"""How long an adapter waits for a store, and how often it asks again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Patience:
    """All times in seconds."""

    connect: float = 1.0
    read: float = 4.0
    total: float = 5.0  # of one attempt
    read_attempts: int = 3
    first_pause: float = 0.2  # between attempts of a read, at most; doubles each time
    longest_pause: float = 1.0
    busy: float = 4.0  # a call waits this long at most for a store that says it is busy
    failures_to_open: int = 5  # in a row
    open_for: float = 10.0  # then one call is let through as a trial
