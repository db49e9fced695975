"""How many requests we may still send: Ecwid takes 600 a minute of a token, and blocks one that goes on after a 429.

"If more requests continue to come from a non-working token, Ecwid will block it for much longer after 20 requests per
minute or a total of 600 requests with non-working tokens per IP" (https://docs.ecwid.com/api-reference).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.store.errors import RateLimited, Unavailable

PROBES = 5  # requests that a held token may still send: far below the 20 a minute that block it for long
HELD_AFTER_REFUSAL = 60.0  # seconds


class Budget:
    """A token bucket of one process: never more than ``per_minute`` in any minute. It never sleeps: who is refused
    waits and comes again (``StoreConnection``)."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = max(1.0, per_minute / 6)
        self._per_second = max(per_minute - self._burst, 1.0) / 60
        self._clock = clock
        self._left = self._burst
        self._at = clock()
        self._held_until = self._at
        self._refused = False

    def take(self) -> None:
        """Raises ``RateLimited`` (``Unavailable`` while the token is refused) instead of sending too much."""
        self._refill()
        if self._left < 1:
            if self._refused:
                raise Unavailable("Ecwid does not accept the token; it is tried again in a minute")
            held = max(0.0, self._held_until - self._clock())
            raise RateLimited(held + (1 - self._left) / self._per_second)
        self._left -= 1

    def spend(self) -> None:
        """A request that must be sent all the same: the next step of a write that has begun."""
        self._refill()
        self._left -= 1

    def hold(self, seconds: float) -> None:
        """Ecwid said 429: nothing new before ``seconds`` are over, but for a few probes."""
        self._refill()
        self._left = min(self._left, PROBES)
        self._held_until = max(self._held_until, self._clock() + seconds)

    def refused(self) -> None:
        self._refused = True
        self.hold(HELD_AFTER_REFUSAL)

    def accepted(self) -> None:
        if self._refused:
            self._refused = False
            self._held_until = self._clock()

    def _refill(self) -> None:
        now = self._clock()
        since = max(self._at, min(self._held_until, now))
        self._left = min(self._burst, self._left + (now - since) * self._per_second)
        self._at = now
