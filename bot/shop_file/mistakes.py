"""What is wrong in the shop's file: all of it at once, each a sentence with its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(#.*)?$")
_KEY = re.compile(r"\s*(\"[^\"]*\"|'[^']*'|[A-Za-z0-9_.-]+)\s*=")


class ShopFileError(ValueError):
    """The file cannot be used; ``mistakes`` has one sentence each."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = list(mistakes)


class Mistakes:
    """Collects sentences about one file. Values are never quoted where they might be a key."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = _lines_of(text)
        self._found: list[tuple[int, str]] = []

    def add(self, sentence: str, table: str, key: str = "") -> None:
        """``sentence`` begins with what the mistake is about, and ends with a full stop."""
        line = self._lines.get((table, key)) or self._lines.get((table, ""))
        self._found.append((line or 0, f"{self._path}{f', line {line}' if line else ''}: {sentence}"))

    @property
    def sentences(self) -> list[str]:
        """In the file's own order."""
        return [sentence for _, sentence in sorted(self._found, key=lambda found: found[0])]


def nearest(word: str, known: Sequence[str]) -> str:
    """ "; did you mean 'platform'?", or which words there are."""
    near = get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else f"it may have {', '.join(known)}."


def _lines_of(text: str) -> dict[tuple[str, str], int]:
    """Table and key -> line from 1; the table's own under an empty key."""
    found: dict[tuple[str, str], int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _TABLE.match(line), _KEY.match(line)
        if header:
            table = ".".join(part.strip(" \"'") for part in header[1].split("."))
            found.setdefault((table, ""), number)
        elif key:
            found.setdefault((table, key[1].strip("\"'")), number)
    return found
