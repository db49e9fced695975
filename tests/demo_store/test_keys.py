"""Hypothesis on the keys' rule: any sequence of calls writes each key once, and answers it alike for ever."""

from __future__ import annotations

import tempfile
from datetime import datetime, timezone
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo_store.database import for_writing, open_database
from bot.demo_store.idempotency import Answer, fingerprint, once
from bot.store.errors import Conflict

NOW = datetime(2026, 3, 2, tzinfo=timezone.utc)
calls = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from([{"x": 1}, {"x": 2}, {}]), st.booleans()), max_size=15
)


@settings(max_examples=30, deadline=None)
@given(calls=calls)
def test_each_key_writes_once_and_answers_alike(calls: list[tuple[str, dict[str, int], bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = for_writing(open_database(Path(folder) / "store.db"))
        first: dict[str, tuple[dict[str, int], Answer]] = {}
        writes = 0
        for key, content, crashes in calls:

            def write() -> Answer:
                nonlocal writes
                writes += 1
                return Answer(200, f"answer {writes}")

            asked = fingerprint("cancel", "ord_1", content)
            with engine.connect() as connection:
                transaction = connection.begin()
                try:
                    answer = once(connection, key, asked, write, NOW)
                except Conflict:
                    assert first[key][0] != content
                    continue
                if crashes:  # before the commit: as if it had never been asked
                    transaction.rollback()
                    continue
                transaction.commit()
            assert first.setdefault(key, (content, answer)) == (content, answer)
        engine.dispose()


def test_order_of_fields_makes_no_other_request() -> None:
    assert fingerprint("cancel", "o", {"a": 1, "b": 2}) == fingerprint("cancel", "o", {"b": 2, "a": 1})
    assert len({fingerprint("a", "b", {}), fingerprint("b", "a", {}), fingerprint("ab", "", {})}) == 3
