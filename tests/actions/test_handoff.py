"""What the shopper hears of why a person takes over."""

from __future__ import annotations

import pytest

from actions.handoff import HandOver
from tests.actions.run import run

pytestmark = pytest.mark.usefixtures("shop_without_store")


@pytest.mark.parametrize(
    ("outcome", "said"),
    [("failed", "utter_handoff_nothing_done"), ("unknown", "utter_handoff_action_failed")],
)
async def test_only_who_may_have_been_written_to_is_told_so(outcome: str, said: str) -> None:
    tried = [{"job": "cancel_order", "outcome": outcome, "reason": "", "data": {}}]
    result = await run(HandOver(), intent="affirm", slots={"handoff_reason": "action_failed", "tried": tried})
    assert result.said == [said, "utter_handoff_next"]


async def test_what_failed_before_does_not_colour_another_reason() -> None:
    tried = [{"job": "track_order", "outcome": "failed", "reason": "Unavailable", "data": {}}]
    result = await run(HandOver(), intent="affirm", slots={"handoff_reason": "not_supported", "tried": tried})
    assert result.said[0] == "utter_handoff_not_supported"
