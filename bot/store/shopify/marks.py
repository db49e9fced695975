"""Our own line in a note of Shopify's: which key wrote it, and what the shopper asked for in the shop's own codes.

Shopify keeps no keys for returns and cancellations, but it keeps their notes, and staff read them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

LONGEST_FACT = 40  # of a code; longer ones would push the note past what Shopify takes
MARK = re.compile(r"\[ramah ([^\[\]]*)\]")


def key_mark(key: str) -> str:
    """A key as it stands in notes: short, and nothing can be told from it."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def write_mark(key: str, facts: Mapping[str, str | None], *, words: str = "", longest: int) -> str:
    """The note: the shopper's words as far as there is room, then the mark, whole."""
    parts = {"key": key_mark(key), **{name: value[:LONGEST_FACT] for name, value in facts.items() if value}}
    mark = "[ramah " + " ".join(f"{name}={quote(value, safe='')}" for name, value in parts.items()) + "]"
    room = max(0, longest - len(mark) - 1)
    said = " ".join(words.replace("[", "(").replace("]", ")").split())[:room].strip()
    return f"{said} {mark}".strip()


def read_mark(note: str | None) -> dict[str, str]:
    """The facts of the note's mark; of a note without one none."""
    found = MARK.findall(note or "")
    if not found:
        return {}
    pairs = (part.partition("=") for part in found[-1].split())
    return {name: unquote(value) for name, _, value in pairs}
