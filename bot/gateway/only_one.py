"""Whether this is the only gateway on a state folder: a lock that the system lets go of when the process dies."""

from __future__ import annotations

import fcntl
from pathlib import Path


class OnlyOne:
    def __init__(self, path: Path) -> None:
        self._file = path.open("w")

    def is_mine(self) -> bool:
        """True for the first gateway, for as long as it lives."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
