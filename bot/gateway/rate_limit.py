"""How often one network address and one conversation may ask: token buckets, in this process's memory.

Keys are keyed hashes, so that a memory dump or a log holds no address.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.gateway.problems import Problem


@dataclass(frozen=True)
class Limit:
    """``burst`` at once, then ``per_second``."""

    name: str
    burst: float
    per_second: float


# Whole towns share an address behind a mobile carrier's NAT: limits by address are wide, by conversation narrow.
START_BY_ADDRESS = Limit("start", 60, 1)
POST_BY_ADDRESS = Limit("post-address", 300, 20)
POST_BY_TOKEN = Limit("post", 20, 1)
PHOTO_BY_TOKEN = Limit("photo", 6, 0.1)
READ_BY_TOKEN = Limit("read", 100, 10)
SEARCH_BY_ADDRESS = Limit("search", 60, 2)
REFUSED_BY_ADDRESS = Limit("refused", 60, 1)
STORE_EVENT_BY_ADDRESS = Limit("store-event", 600, 50)  # one store sends them all
LOGIN_BY_ADDRESS = Limit("login-address", 30, 0.2)
LOGIN_BY_ACCOUNT = Limit("login-account", 10, 1 / 30)

MAX_BUCKETS = 100_000


class RateLimits:
    def __init__(self, pepper: str, factor: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._pepper = pepper.encode()
        self._factor = factor
        self._clock = clock
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}  # tokens left, at

    def reference(self, address: str) -> str:
        """A name for a network address that does not tell the address (IPv6: its /64, which one line owns)."""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return self._hash(address)
        if isinstance(parsed, ipaddress.IPv6Address):
            return self._hash(str(ipaddress.ip_network((parsed, 64), strict=False)))
        return self._hash(str(parsed))

    def take(self, limit: Limit, key: str) -> None:
        """One request. Raises the ``rate_limited`` problem with ``Retry-After`` if it is one too many."""
        now = self._clock()
        bucket = (limit.name, self._hash(key))
        burst, rate = limit.burst * self._factor, limit.per_second * self._factor
        left, at = self._buckets.get(bucket, (burst, now))
        left = min(burst, left + (now - at) * rate)
        if left < 1:
            raise Problem("rate_limited", headers={"Retry-After": str(math.ceil((1 - left) / rate))})
        if len(self._buckets) >= MAX_BUCKETS:
            self._forget_idle(now)
        self._buckets[bucket] = (left - 1, now)

    def _hash(self, key: str) -> str:
        return hmac.new(self._pepper, key.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]

    def _forget_idle(self, now: float) -> None:
        """Buckets untouched for ten minutes are full again: forgetting them changes nothing."""
        self._buckets = {bucket: state for bucket, state in self._buckets.items() if now - state[1] < 600}
        if len(self._buckets) >= MAX_BUCKETS:
            oldest = sorted(self._buckets, key=lambda bucket: self._buckets[bucket][1])[: MAX_BUCKETS // 2]
            for bucket in oldest:
                del self._buckets[bucket]
