"""The secrets of one Medusa, made once and readable by their owner only."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

NAMES = ("database_password", "jwt_secret", "cookie_secret", "events_secret")


def medusa_keys(path: Path) -> dict[str, str]:
    """Read, and made where missing."""
    keys: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    if any(name not in keys for name in NAMES):
        keys = {name: secrets.token_urlsafe(32) for name in NAMES} | keys
        write_private(path, keys)
    return keys


def write_private(path: Path, content: Any) -> None:
    """As JSON, all at once, for the owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(content, file, indent=1)
    draft.replace(path)
