"""Token buckets, on a clock of the test's own."""

from __future__ import annotations

import pytest

from bot.gateway.problems import Problem
from bot.gateway.rate_limit import Limit, RateLimits

LIMIT = Limit("test", burst=3, per_second=0.5)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_one_every_two_seconds() -> None:
    clock = Clock()
    limits = RateLimits("pepper", 1.0, clock)
    for _ in range(3):
        limits.take(LIMIT, "key")
    with pytest.raises(Problem) as refused:
        limits.take(LIMIT, "key")
    assert refused.value.headers == {"Retry-After": "2"}
    limits.take(LIMIT, "another key")
    clock.now += 2
    limits.take(LIMIT, "key")


def test_an_address_has_a_name_that_does_not_tell_it() -> None:
    limits, others = RateLimits("pepper", 1.0), RateLimits("salt", 1.0)
    assert limits.reference("203.0.113.7") == limits.reference("203.0.113.7")
    assert limits.reference("203.0.113.7") != limits.reference("203.0.113.8")
    assert limits.reference("203.0.113.7") != others.reference("203.0.113.7")
    assert "203" not in limits.reference("203.0.113.7")


def test_one_ipv6_line_is_one_address() -> None:
    limits = RateLimits("pepper", 1.0)
    assert limits.reference("2001:db8:1:2::1") == limits.reference("2001:db8:1:2:ffff::9")
    assert limits.reference("2001:db8:1:2::1") != limits.reference("2001:db8:1:3::1")
