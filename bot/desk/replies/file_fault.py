"""What is wrong in a file of ``data/desk`` that trainers edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    """``wrong`` and ``do`` are sentences; ``stops``: the file cannot be used so."""

    file: Path
    line: int | None
    wrong: str
    do: str
    stops: bool = True

    def __str__(self) -> str:
        return f"{self.file}{f', line {self.line}' if self.line else ''}: {self.wrong} {self.do}"


class DeskFileError(ValueError):
    """The files cannot be used; the message is the first fault that stops them."""


def stop_at(faults: Sequence[Fault]) -> None:
    """Raises ``DeskFileError`` for the first that stops."""
    for fault in faults:
        if fault.stops:
            raise DeskFileError(str(fault))
