"""The record that goes to the queue when a turn hands the conversation over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from rasa.shared.core.constants import REQUESTED_SLOT, SESSION_START_METADATA_SLOT
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

REASON = "handoff_reason"
TRIED = "tried"
ACTION_FAILED = "action_failed"
OF_RASA = {REQUESTED_SLOT, SESSION_START_METADATA_SLOT}


def failed_attempt(action: str, error: str) -> dict[str, Any]:
    """How a failed action stands in the list of what was tried: its name and the kind of error, no message."""
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    return {"at": now, "job": action, "outcome": "failed", "reason": error, "data": {}}


def failure_events(tracker: DialogueStateTracker, attempt: dict[str, Any]) -> list[Event]:
    """The slots that a failed action leaves, as far as the domain has them."""
    tried = [*(tracker.get_slot(TRIED) or ()), attempt] if TRIED in tracker.slots else [attempt]
    wanted = (SlotSet(REASON, ACTION_FAILED), SlotSet(TRIED, tried))
    return [event for event in wanted if event.key in tracker.slots]


def reason_set_by(events: Iterable[Event]) -> str | None:
    """The handoff that these events ask for: the last value they give to the slot ``handoff_reason``."""
    values = [event.value for event in events if isinstance(event, SlotSet) and event.key == REASON]
    return values[-1] if values else None


def state_of(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Where the conversation stands: the slots that have a value, and the form with what it asks."""
    slots = {
        name: value
        for name, value in tracker.current_slot_values().items()
        if value is not None and name not in OF_RASA
    }
    form = tracker.active_loop_name
    return {"slots": slots, "form": {"name": form, "asks": tracker.get_slot(REQUESTED_SLOT)} if form else None}


def record_of(
    tracker: DialogueStateTracker, about: Mapping[str, Any], attempt: dict[str, Any] | None
) -> dict[str, Any]:
    """All that the person who takes over should know from the engine.

    Args:
        tracker: at the end of the turn.
        about: the turn's metadata; its ``customer`` is whom the shop has signed for.
        attempt: the failed action of this turn, if one failed.
    """
    state = state_of(tracker)
    slots = state["slots"]
    return {
        "language": slots.get("language"),
        "identity": {"customer": about.get("customer"), "proved_orders": slots.get("proved_orders") or []},
        "order_snapshot": slots.get("order_snapshot"),
        "slots": slots,
        "form": state["form"],
        "tried": slots.get(TRIED) or ([attempt] if attempt else []),
    }
