"""The conversations that end with a person on some platform (``with_a_person.yml``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.end_to_end.log_reader import LogReader
from tests.end_to_end.part_of import missing_from

FILE = Path(__file__).with_suffix(".yml")


def expected_with_a_person(platform: str, path: Path) -> dict[str, Any] | None:
    """Reason and order of the handoff, where this platform cannot do what the conversation asks for."""
    expected = yaml.safe_load(FILE.read_text("utf-8")).get(platform, {}).get(f"{path.parent.name}/{path.stem}")
    if expected is None:
        return None
    return {"reason": expected["reason"], "order_snapshot": {"order": {"number": expected["order"]}}}


def check_with_a_person(log: LogReader, expected: dict[str, Any]) -> None:
    assert log.owner_name() == "queue"
    record = log.handoff()
    assert (difference := missing_from(record, expected)) is None, difference
    assert record["tried"], record
