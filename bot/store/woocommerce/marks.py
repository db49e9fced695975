"""What Ramah leaves in an order's meta data, so that nothing is done twice and cases are found again."""

from __future__ import annotations

import hashlib

CANCELLED = "_ramah_cancelled"  # when, as ISO 8601; only where Ramah cancelled
CASE = "ramah_case_"  # without the underscore that hides: the staff may change a case's state by hand


def mark_of(key: str) -> str:
    """A write's key, short enough to stand in a note."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def written(mark: str) -> str:
    """The meta key that says: the write under this key has been done."""
    return f"_ramah_write_{mark}"


def refund_sent(mark: str) -> str:
    """The meta key that says: the refund under this key is about to be sent; never send it again."""
    return f"_ramah_refund_{mark}"


def case_key(mark: str) -> str:
    return f"{CASE}{mark}"


def in_brackets(mark: str) -> str:
    """How a note or a refund's reason names the write it belongs to."""
    return f"[ramah {mark}]"
