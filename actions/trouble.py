"""What becomes of a store's refusal or failure: it is noted down, said honestly, and a person takes over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import ActionExecutionRejected, EventType, FollowupAction
from rasa_sdk.forms import REQUESTED_SLOT

from actions.jobs import JOBS
from actions.notes import Notes
from actions.shop import the_shop
from bot.orders.mask import mask_text
from bot.orders.masked_preview import masked_preview
from bot.store.errors import NotAllowed, NotSupported, OutcomeUnknown, RateLimited, StoreError

TRIED_KEPT = 20


def note_tried(
    notes: Notes, job: str, outcome: str, reason: str = "", data: Mapping[str, object] | None = None
) -> None:
    """Add one line to what was tried; texts in ``data`` are masked."""
    entry = {
        "at": the_shop().now().isoformat(timespec="seconds"),
        "job": job,
        "outcome": outcome,
        "reason": reason,
        "data": {name: mask_text(value) if isinstance(value, str) else value for name, value in (data or {}).items()},
    }
    notes["tried"] = [*(notes["tried"] or []), entry][-TRIED_KEPT:]


def tried_with(job: str, notes: Notes) -> dict[str, Any]:
    """What was to be written, masked, if the shopper has seen it already; else which order it is about."""
    preview, slots = notes["preview"] or {}, JOBS[job].slots if job in JOBS else ()
    confirmed = next((slot for slot in slots if slot.endswith("_confirmed")), "")
    if preview.get("job") == job and (notes[confirmed] or notes[REQUESTED_SLOT] == confirmed):
        return masked_preview(preview["data"])
    order = (notes["order_snapshot"] or {}).get("order", {})
    number = notes["order_number"] or order.get("number")
    return {"order": str(number)} if number else {}


def hand_over(notes: Notes, reason: str) -> list[EventType]:
    """The events that end the turn with a person: ``action_hand_over`` says what happens next."""
    notes["handoff_reason"] = reason
    return [*notes.events(), FollowupAction("action_hand_over")]


def after_failure(
    error: StoreError, job: str, notes: Notes, data: Mapping[str, object] | None = None
) -> list[EventType]:
    """The events after the store refused or failed while ``job`` was being done. ``data``: otherwise ``tried_with``."""
    data = data or tried_with(job, notes)
    outcome, reason = "failed", _public_name(error)
    handoff = "action_failed"
    if isinstance(error, NotAllowed):
        outcome, reason, handoff = "refused", error.reason, "not_allowed"
    elif isinstance(error, NotSupported):
        outcome, handoff = "refused", "not_supported"
    elif isinstance(error, OutcomeUnknown):
        outcome = "unknown"
    elif isinstance(error, RateLimited):
        data = {**data, "retry_after": error.retry_after}
    note_tried(notes, job, outcome, reason, data)
    return hand_over(notes, handoff)


def _public_name(error: StoreError) -> str:
    """The error of the store's contract, whatever an adapter derives from it."""
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == StoreError.__module__)


def leave_question(form: str) -> EventType:
    """Keeps the form active at its question without asking it again in this turn."""
    event: EventType = ActionExecutionRejected(form)
    return event


def json_able(values: Mapping[str, Any]) -> dict[str, object]:
    return {name: value for name, value in values.items() if isinstance(value, str | int | float | bool)}
