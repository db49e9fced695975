"""What stands in the log's database, read past the gateway."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

_JSON = frozenset({"record", "input", "context", "actions", "engine_state", "dropped_replies", "buttons", "card"})


def rows(database: Path, table: str, conversation_id: str) -> list[dict[str, Any]]:
    """A table's rows of one conversation in the order they were written; JSON columns decoded."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute(
            f"select * from {table} where conversation_id = ? order by rowid", (conversation_id,)
        )
        return [_decoded(row) for row in found]


def _decoded(row: sqlite3.Row) -> dict[str, Any]:
    return {key: json.loads(row[key]) if key in _JSON and row[key] else row[key] for key in row.keys()}  # noqa: SIM118
