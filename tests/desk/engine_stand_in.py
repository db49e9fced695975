"""The gateway tests' stand-in, which hands over with a record of more when it is told "with form".

``python -m tests.desk.engine_stand_in PORT FOLDER KEY``; the record is FOLDER/record.json.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.gateway.engine_stand_in import StandIn, serve


class DeskStandIn(StandIn):
    """ "upset person": the handoff's reason is upset; "bahasa": the shopper speaks Indonesian."""

    def __init__(self, folder: Path, key: str) -> None:
        super().__init__(folder, key)
        self._record = folder / "record.json"

    def answer(self, turn: dict[str, Any], words: str) -> dict[str, Any]:
        answer = super().answer(turn, words)
        handoff = answer["handoff"]
        if handoff is not None:
            for reason in ("upset", "complaint", "action_failed"):
                if reason in words:
                    handoff["reason"] = reason
            if "with form" in words:
                handoff["record"] = json.loads(self._record.read_text("utf-8"))
                answer["state"] = {"slots": handoff["record"]["slots"], "form": handoff["record"]["form"]}
        return answer


if __name__ == "__main__":
    serve(int(sys.argv[1]), Path(sys.argv[2]), DeskStandIn(Path(sys.argv[2]), sys.argv[3]))
