"""Tables for the pages in docs/."""

from __future__ import annotations

import math
from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table: the first column words, the others numbers."""
    ruler = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ruler, *rows))


def percent(share: float) -> str:
    """A share from 0 to 1 as "93.4 %"; empty if it is not a number."""
    return "" if math.isnan(share) else f"{100 * share:.1f} %"
