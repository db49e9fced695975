"""An entity as it was found in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """``start`` and ``end`` count characters of the text; ``value`` is the entity in its normal form."""

    entity: str
    value: str
    start: int
    end: int


def overlaps(one: Found, others: Iterable[Found]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)
