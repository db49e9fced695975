"""Ids of lines as conversations have them ("2") and as a store has them where they are unique ("ord_1071_2").

And numbers of cases: conversations have the demo store's ("C-1071"), other stores their own ("R7", "E1").
"""

from __future__ import annotations

import re
from typing import Any

_UNIQUE = re.compile(r"(ord_\d+)_(\d+)")
_NAMES = ("id", "line_id")
_CASE = re.compile(r"\b[A-Z]-?(?=\d)")


def as_written(value: Any) -> Any:
    """Any data with the line ids as conversations have them."""
    if isinstance(value, dict):
        return {as_written(key): as_written(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_written(each) for each in value]
    if isinstance(value, str) and (found := _UNIQUE.fullmatch(value)):
        return found[2]
    return value


def as_in_store(value: Any, order_id: str) -> Any:
    """Any data with the line ids of that order as a store has them that makes them unique."""
    if isinstance(value, list):
        return [as_in_store(each, order_id) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: f"{order_id}_{each}" if name in _NAMES and str(each).isdecimal() else as_in_store(each, order_id)
        for name, each in value.items()
    }


def cases_as_written(said: str) -> str:
    """What was said, each case's number beginning as the demo store's do."""
    return _CASE.sub("C-", said)


def order_of_unique_ids(text: str) -> str | None:
    """The order whose unique line ids stand in that text, if any do."""
    found = _UNIQUE.search(text)
    return found[1] if found else None
