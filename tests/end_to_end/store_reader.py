"""The demo store as a conversation finds it and leaves it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.demo_store.files import dump_file
from tests.stack import Stack


class FreshStore:
    """Puts the running store back to its first state, and tells what became of its orders."""

    def __init__(self, stack: Stack) -> None:
        self._database = stack.store_database
        self._pristine = stack.settings.state_dir / "pristine-store.db"
        self._now = stack.settings.state_dir / "store-now.json"
        self._attempts = stack.settings.state_dir / "proof_attempts.db"
        _copy(self._database, self._pristine)
        self.orders_at_start = self.orders()

    def restore(self) -> None:
        _copy(self._pristine, self._database)
        # All conversations of a run come from one network address: each starts with its attempts unspent.
        with closing(sqlite3.connect(self._attempts, isolation_level=None)) as attempts:
            attempts.execute("delete from proof_attempts")

    def orders(self) -> dict[str, Any]:
        """Every order by its number, as the store dumps it."""
        dump_file(self._now, "ramah", self._database)
        entries = json.loads(self._now.read_text())["orders"]
        return {entry["order"]["number"]: entry["order"] for entry in entries}


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(target)) as copy:
        whole.backup(copy)
