"""Shoppers are handed to people and back while gateway, Rasa and action server are killed and sockets cut.

The full count is `make soak-desk`; its last results stand in docs/soak-desk.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.desk_staff import PASSWORD, STAFF, hire
from tests.end_to_end.desks import desk_settings
from tests.faults.handoff_round import handoff_round
from tests.stack import Stack

pytestmark = pytest.mark.stack

HANDOFFS = 6


async def test_no_handoff_is_lost_and_nobody_speaks_beside_the_owner_while_processes_are_killed(tmp_path: Path) -> None:
    stack = Stack(tmp_path, **desk_settings(tmp_path, "claim"), engine_patience=40.0)
    try:
        hire(stack)
        staff = [(f"{key}@shop.example", PASSWORD, name) for key, (name, _, _) in STAFF.items()]
        outcome = await handoff_round(stack, staff, HANDOFFS, at_once=4, seed=3, pause=(0.5, 2.0))
    finally:
        stack.stop()
    assert outcome.lost == []
    assert outcome.doubled == []
    assert outcome.unseen == []
    assert outcome.two_owners == []
    assert outcome.bot_beside_person == []
    assert outcome.written_twice == []
    assert outcome.open_turns == []
    assert outcome.fell_out == []
    assert outcome.changed_by_bot + outcome.cancelled_by_agent + outcome.ended_with_a_person >= HANDOFFS - 2
    assert sum(outcome.kills.values()) >= 3
    assert outcome.cuts >= 3
