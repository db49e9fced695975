"""Gateway, Rasa, action server and store are killed while shoppers change their orders: a short round.

The full count is `make soak`; its last results stand in docs/soak.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.crash_round import crash_round
from tests.stack import Stack

pytestmark = pytest.mark.stack

CONVERSATIONS = 6


async def test_no_message_is_lost_and_no_order_changed_twice_while_processes_are_killed(tmp_path: Path) -> None:
    stack = Stack(tmp_path)
    try:
        outcome = await crash_round(stack, CONVERSATIONS, at_once=3, seed=1, pause=(0.2, 1.5))
    finally:
        stack.stop()
    assert outcome.lost == []
    assert outcome.doubled == []
    assert outcome.open_turns == []
    assert outcome.written_twice == []
    assert outcome.said_but_not_written == []
    assert outcome.without_record == []
    assert outcome.unsolved == []
    assert sum(outcome.kills.values()) >= 3
