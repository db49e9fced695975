"""Opening hours as people write them: "09:00-18:00"."""

from __future__ import annotations

from datetime import time
from typing import Any, NamedTuple

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Span(NamedTuple):
    """From ``begins`` up to ``ends``, of one day."""

    begins: time
    ends: time


def span_of(text: Any) -> Span:
    """Raises ``ValueError`` with half a sentence."""
    begins, dash, ends = str(text).partition("-")
    try:
        till = time.max if ends.strip() == "24:00" else time.fromisoformat(ends.strip())
        span = Span(time.fromisoformat(begins.strip()), till)
    except ValueError as error:
        raise ValueError(f'"{text}" is not a span like "09:00-18:00"') from error
    if not dash or span.begins >= span.ends:
        raise ValueError(f'"{text}" is not a span like "09:00-18:00"')
    return span
