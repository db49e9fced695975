"""What a check has to say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Finding:
    """One mistake, or what looks like one.

    Attributes:
        file: where.
        line: from 1; None if it is about the whole file.
        wrong: what is wrong, a sentence.
        do: what to do about it, a sentence.
        error: something will not work as its author means it; otherwise it is worth a look.
    """

    file: Path
    line: int | None
    wrong: str
    do: str
    error: bool = False

    def at(self, root: Path) -> str:
        """ "data/nlu/orders.yml:12", the file as seen from ``root``."""
        file = self.file.relative_to(root) if self.file.is_relative_to(root) else self.file
        return f"{file}:{self.line}" if self.line else str(file)
