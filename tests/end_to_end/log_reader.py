"""What the conversation log knows of a conversation, read as an operator would: from its database."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.end_to_end.line_ids import as_written


@dataclass(frozen=True)
class LastTurn:
    intent: str | None
    actions: list[str]
    slots: dict[str, Any]
    form: dict[str, Any] | None


class LogReader:
    def __init__(self, database: Path, conversation_id: str) -> None:
        self._database = database
        self.conversation_id = conversation_id

    def last_turn(self) -> LastTurn:
        row = self._one(
            "select intent, actions, engine_state from turns where conversation_id = ? order by message_seq desc"
        )
        state = json.loads(row["engine_state"] or "{}")
        actions = [each["name"] for each in json.loads(row["actions"] or "[]")]
        return LastTurn(row["intent"], actions, as_written(state.get("slots", {})), state.get("form"))

    def responses(self, seqs: list[int]) -> list[str]:
        marks = ",".join("?" * len(seqs))
        rows = self._all(
            f"select response from messages where conversation_id = ? and seq in ({marks}) order by seq",
            *seqs,
        )
        return [row["response"] for row in rows if row["response"]]

    def owner_name(self) -> str:
        """``bot``, ``queue`` or the agent's name."""
        row = self._one("select owner_kind, owner_name from conversations where id = ?")
        name: str = row["owner_name"] if row["owner_kind"] == "agent" else row["owner_kind"]
        return name

    def status(self) -> str:
        status: str = self._one("select status from conversations where id = ?")["status"]
        return status

    def is_answered(self) -> bool:
        """No turn is open."""
        return not self._all("select id from turns where conversation_id = ? and state in ('waiting', 'running')")

    def handoff(self) -> dict[str, Any]:
        """The newest context record, with the words of its transcript."""
        row = self._one("select * from handoffs where conversation_id = ? order by id desc")
        words = self._all(
            "select text from messages where conversation_id = ? and seq between ? and ? order by seq",
            row["from_seq"],
            row["to_seq"],
        )
        record: dict[str, Any] = as_written(json.loads(row["record"]))
        transcript = "\n".join(each["text"] for each in words)
        return {"reason": row["reason"], "contact_email": row["contact_email"], "transcript": transcript, **record}

    def _one(self, query: str) -> sqlite3.Row:
        rows = self._all(query)
        assert rows, f"the log has no row for: {query}"
        return rows[0]

    def _all(self, query: str, *parameters: Any) -> list[sqlite3.Row]:
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(query, (self.conversation_id, *parameters)).fetchall()
