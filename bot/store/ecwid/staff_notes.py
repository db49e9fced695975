"""What Ramah writes into an order's private notes, where staff write too: one line a job, and never over theirs.

A line begins with the job's code, made of its key, so that a repeated key finds what it did. Staff settle a case by
changing the second word of its line: "RM-1A2B3C4D5E requested" to approved, received, completed or rejected.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timezone

from bot.store.models import CaseState

_LINE = re.compile(r"^(RM-[0-9A-F]{10})\s+(\w+)", re.MULTILINE)
_CANCELLED = re.compile(r"^RM-[0-9A-F]{10} cancelled \| (\S+) \| was (\w+)", re.MULTILINE)
LONGEST_PART = 500  # characters


def code_of(key: str) -> str:
    """The same for the same key; nobody learns the key from it."""
    return f"RM-{hashlib.sha256(key.encode()).hexdigest()[:10].upper()}"


def line(code: str, word: str, *parts: str) -> str:
    """Parts that a person typed are kept to one line: none can pass for a line of its own."""
    return " | ".join([f"{code} {word}", *(" ".join(part.split())[:LONGEST_PART] for part in parts if part.strip())])


def added(notes: str | None, new_line: str) -> str:
    """``notes`` as they are, and below them the line."""
    before = notes or ""
    return f"{before}\n{new_line}" if before and not before.endswith("\n") else f"{before}{new_line}"


def holds(notes: str | None, code: str) -> bool:
    return any(found.group(1) == code for found in _LINE.finditer(notes or ""))


def case_state(notes: str | None, code: str) -> CaseState | None:
    """What the case's line says of it; None when it has none, or says nothing we know."""
    words = (found.group(2).lower() for found in _LINE.finditer(notes or "") if found.group(1) == code)
    word = next(words, "")
    return CaseState(word) if word in {state.value for state in CaseState} else None


def cancelled(notes: str | None) -> tuple[datetime, str] | None:
    """When Ramah cancelled the order and what its payment status was before; None when it did not."""
    found = _CANCELLED.search(notes or "")
    try:
        return None if found is None else (datetime.fromisoformat(found.group(1)), found.group(2))
    except ValueError:  # staff changed the line
        return None


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
