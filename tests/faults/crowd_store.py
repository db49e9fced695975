"""A store with one order for each shopper of a crowd, so that a doubled write can be seen."""

from __future__ import annotations

import copy
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.demo_store.files import dump_file, load_file

ADDRESS_ORDER, RETURN_ORDER = "1060", "1071"  # paid and not shipped; delivered yesterday


def fill_with_copies(database: Path, scratch: Path, numbers: list[str], template: str) -> str:
    """Add a copy of the template order under each number; gives the email that proves them all."""
    dump_file(scratch, "ramah", database)
    content = json.loads(scratch.read_text())
    original = next(entry for entry in content["orders"] if entry["order"]["number"] == template)
    for number in numbers:
        entry = copy.deepcopy(original)
        entry["order"] |= {"id": f"ord_{number}", "number": number}
        content["orders"].append(entry)
    scratch.write_text(json.dumps(content))
    load_file(scratch, "ramah", database)
    email: str = original["order"]["customer"]["email"]
    return email


def writes_of(database: Path, conversation_id: str) -> list[str]:
    """The keys of the writes that the store carried out for a conversation."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "select key from results where key like ? and status between 200 and 299", (f"{conversation_id}:%",)
        )
        return [key for (key,) in rows.fetchall()]
