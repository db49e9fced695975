"""Room on the disk, looked at before anything is written."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.processes.trouble import Trouble

NEEDED_BYTES = 200 * 1024 * 1024  # a model, the databases of a first day, logs


def check_room(folder: Path, needed: int = NEEDED_BYTES) -> None:
    """Make the folder and see that it can be filled; ``needed`` in bytes.

    Raises:
        Trouble: when it cannot be made or has too little room.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise Trouble(f"The folder {folder} cannot be written: {error.strerror}.") from error
    if free < needed:
        raise Trouble(
            f"The disk is full: {free // 1024**2} MB are free where {folder} lies, Ramah needs "
            f"{needed // 1024**2} MB. Free some room or set RAMAH_STATE_DIR to another disk."
        )
