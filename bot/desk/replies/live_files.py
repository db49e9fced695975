"""What is read from files that people edit while the desk runs: changed files are read again at the next look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

import structlog

T = TypeVar("T")

log = structlog.get_logger(__name__)


class LiveFiles(Generic[T]):
    """``files`` names what is looked at, ``read`` reads it all; at the first time what ``read`` raises is raised.

    A change that cannot be used is told in the log and in ``broken``; what was read before holds on.
    """

    def __init__(self, files: Callable[[], Iterable[Path]], read: Callable[[], T]) -> None:
        self._files = files
        self._read = read
        self._seen = self._stamps()  # before reading: a change in between is seen at the next look
        self._content = read()
        self.broken: str | None = None

    def now(self) -> T:
        stamps = self._stamps()
        if stamps != self._seen:
            self._seen = stamps
            try:
                self._content = self._read()
                self.broken = None
            except ValueError as error:
                self.broken = str(error)
                log.warning("desk.file_broken", why=self.broken)
        return self._content

    def _stamps(self) -> dict[Path, tuple[int, int]]:
        return {path: _stamp(path) for path in self._files()}


def _stamp(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:  # gone: reading it tells
        return 0, 0
    return about.st_mtime_ns, about.st_size
