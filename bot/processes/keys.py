"""The keys by which the processes of one installation know each other, made once and kept private."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

NAMES = ("engine_key", "store_key", "pepper", "demo_customer_key", "store_events_secret")


def keys_in(state_dir: Path) -> dict[str, str]:
    """The installation's keys: read from ``keys.json`` (readable by its owner only), made if missing.

    Raises:
        OSError: when the folder cannot be written.
    """
    state_dir.mkdir(parents=True, exist_ok=True)
    path = state_dir / "keys.json"
    keys: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [name for name in NAMES if name not in keys]
    if missing:
        keys |= {name: secrets.token_urlsafe(32) for name in missing}
        draft = path.with_suffix(".new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(keys, file)
        draft.replace(path)
    return keys
