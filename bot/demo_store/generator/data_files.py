"""The generator's data files, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "data"


@lru_cache
def data(name: str) -> Any:
    """The content of ``data/<name>.yml``."""
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
