"""Desks to hold conversations at: always open and claimed by hand, giving work out by itself, or closed."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Literal

import yaml

from bot.desk.config import DAYS
from bot.installation import PROJECT

Kind = Literal["claim", "automatic", "closed"]
ALL_DAY = {day: ["00:00-24:00"] for day in DAYS}
_DAY_AFTER_TOMORROW = DAYS[(datetime.now(timezone.utc) + timedelta(days=2)).weekday()]
_CHANGES: dict[Kind, dict[str, Any]] = {
    "claim": {"assignment": "claim", "capacity": 10_000},
    "automatic": {"assignment": "automatic"},
    "closed": {"assignment": "automatic"},
}
# Closed: open on one day of the week only, the day after tomorrow.
_HOURS = {"claim": ALL_DAY, "automatic": ALL_DAY, "closed": {_DAY_AFTER_TOMORROW: ["09:00-18:00"]}}


def desk_settings(folder: Path, kind: Kind) -> dict[str, Any]:
    """Settings: the shipped desk's files with another way of giving out work, and other hours."""
    target = folder / f"desk-{kind}"
    if not target.exists():
        shutil.copytree(PROJECT / "data" / "desk", target)
        file = target / "desk.yml"
        shipped = yaml.safe_load(file.read_text(encoding="utf-8"))
        file.write_text(yaml.safe_dump({**shipped, **_CHANGES[kind]}), encoding="utf-8")
    return {"desk_dir": target, "opening_hours": _HOURS[kind], "holidays": []}
