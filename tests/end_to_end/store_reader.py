"""The store as a conversation finds it and leaves it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from bot.demo_store.files import dump_file
from tests.end_to_end.medusa_reader import FreshMedusa
from tests.stack import Stack


class ChangingStore(Protocol):
    """Whatever platform it is. ``unique_line_ids``: a line's id names its order too (``line_ids``)."""

    unique_line_ids: bool

    def restore(self) -> None:
        """Put the running store back to its first state."""
        ...

    def order(self, number: str) -> dict[str, Any]:
        """The order as it is now, as ``Order`` is dumped, its line ids as conversations have them."""
        ...

    def changed(self) -> set[str]:
        """The numbers of the orders that are not as they were at first."""
        ...


class FreshStore:
    """The demo store: puts it back to its first state, and tells what became of its orders."""

    unique_line_ids = False

    def __init__(self, stack: Stack) -> None:
        self._database = stack.store_database
        self._pristine = stack.settings.state_dir / "pristine-store.db"
        self._now = stack.settings.state_dir / "store-now.json"
        self._state_dir = stack.settings.state_dir
        if self._pristine.exists():
            self.restore()  # others may have changed it since the first one looked
        else:
            _copy(self._database, self._pristine)
        self.orders_at_start = self.orders()

    def restore(self) -> None:
        _copy(self._pristine, self._database)
        forget_attempts(self._state_dir)

    def orders(self) -> dict[str, Any]:
        """Every order by its number, as the store dumps it."""
        dump_file(self._now, "ramah", self._database)
        entries = json.loads(self._now.read_text())["orders"]
        return {entry["order"]["number"]: entry["order"] for entry in entries}

    def order(self, number: str) -> dict[str, Any]:
        order: dict[str, Any] = self.orders()[number]
        return order

    def changed(self) -> set[str]:
        return {number for number, order in self.orders().items() if order != self.orders_at_start[number]}


def fresh_store_of(stack: Stack) -> ChangingStore:
    return FreshMedusa(stack.settings) if stack.settings.store_platform == "medusa" else FreshStore(stack)


def forget_attempts(state_dir: Path) -> None:
    """All conversations of a run come from one network address: each starts with its attempts unspent."""
    with closing(sqlite3.connect(state_dir / "proof_attempts.db", isolation_level=None)) as attempts:
        attempts.execute("delete from proof_attempts")


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(target)) as copy:
        whole.backup(copy)
