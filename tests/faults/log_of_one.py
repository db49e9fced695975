"""What the log's database holds of one conversation, and whether it keeps its promises."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path


class LogOfOne:
    """What the log's database knows of one conversation."""

    def __init__(self, database: Path, conversation_id: str) -> None:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row

            def rows(query: str) -> list[sqlite3.Row]:
                return connection.execute(query, (conversation_id,)).fetchall()

            self.messages = rows("select * from messages where conversation_id = ? order by seq")
            self.changes = rows("select * from owner_changes where conversation_id = ? order by id")
            self.handoffs = rows("select count(*) as n from handoffs where conversation_id = ?")[0]["n"]
            self._turns = rows("select state from turns where conversation_id = ?")
            self._owner = rows("select owner_kind, owner_id from conversations where id = ?")[0]

    @property
    def gapless(self) -> bool:
        return [row["seq"] for row in self.messages] == list(range(1, len(self.messages) + 1))

    @property
    def one_owner_at_a_time(self) -> bool:
        """Every change begins with the owner that the one before left, the last one with who has it now."""
        at: tuple[str, str | None] = ("bot", None)
        for change in self.changes:
            if (change["from_kind"], change["from_id"]) != at:
                return False
            at = (change["to_kind"], change["to_id"])
        return at == (self._owner["owner_kind"], self._owner["owner_id"])

    @property
    def bot_spoke_beside_a_person(self) -> bool:
        return any(row["author_kind"] == "bot" and self._owner_at(row["seq"]) != "bot" for row in self.messages)

    def _owner_at(self, seq: int) -> str:
        return next((each for each in reversed(list(self._owners_before(seq)))), "bot")

    def _owners_before(self, seq: int) -> Iterator[str]:
        return (change["to_kind"] for change in self.changes if change["after_seq"] < seq)

    @property
    def has_open_turns(self) -> bool:
        return any(turn["state"] in {"waiting", "running"} for turn in self._turns)
