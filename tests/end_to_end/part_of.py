"""Is a described part in the whole? Dictionaries may hold more, lists are compared item by item."""

from __future__ import annotations

from typing import Any


def missing_from(whole: Any, part: Any, path: str = "") -> str | None:
    """None when ``part`` is in ``whole``, else a sentence that says where they differ."""
    if isinstance(part, dict):
        if not isinstance(whole, dict):
            return f"{path or 'it'} is {whole!r}, not a mapping"
        checks = (missing_from(whole.get(key), value, f"{path}.{key}") for key, value in part.items())
    elif isinstance(part, list):
        if not isinstance(whole, list) or len(whole) != len(part):
            return f"{path or 'it'} is {whole!r}, not {part!r}"
        checks = (
            missing_from(one, other, f"{path}[{i}]") for i, (one, other) in enumerate(zip(whole, part, strict=True))
        )
    else:
        return None if whole == part else f"{path or 'it'} is {whole!r}, not {part!r}"
    return next((found for found in checks if found), None)
