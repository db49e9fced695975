"""What a person filled in before they gave the conversation back, as the desk sends it with the turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker

from actions.hearing import HAND_BACK
from actions.jobs import JOBS, Job
from actions.notes import Notes
from actions.order_in_hand import take
from actions.shop import the_shop
from actions.turn import turn_of
from bot.store.errors import NotFound

CONFIRMED = "_confirmed"  # a yes is the shopper's alone
# Answers that another order makes wrong; what the shopper wants and why stays.
OF_THE_ORDER = (
    "return_items",
    "return_conditions",
    "return_variants",
    "conditions_open",
    "conditions_given",
    "variants_given",
    "problem_items",
    "order_snapshot",
)


def handed_back(tracker: Tracker) -> bool:
    """Whether a person began this turn. What a shopper fills into a card looks the same, so the intent decides."""
    turn = turn_of(tracker).turn_id
    return any(
        event.get("event") == "user"
        and (event.get("metadata") or {}).get("turn_id") == turn
        and ((event.get("parse_data") or {}).get("intent") or {}).get("name") == HAND_BACK
        for event in tracker.events
    )


def facts_of(tracker: Tracker) -> dict[str, Any]:
    """What the person filled in, by slot; a job takes of it what its form asks, and which order."""
    slots = turn_of(tracker).values.get("slots") if handed_back(tracker) else None
    return {slot: value for slot, value in slots.items() if value is not None} if isinstance(slots, dict) else {}


def facts_for(form: str, facts: Mapping[str, Any], domain: Mapping[str, Any]) -> dict[str, Any]:
    """Of the facts those that a form of the trainers' own asks."""
    asked = ((domain.get("forms") or {}).get(form) or {}).get("required_slots") or []
    return {slot: facts[slot] for slot in asked if slot in facts and not slot.endswith(CONFIRMED)}


def wanted_job(tracker: Tracker) -> Job | None:
    """The job that the person wants begun."""
    name = turn_of(tracker).values.get("job") if handed_back(tracker) else None
    return JOBS.get(name) if isinstance(name, str) else None


def name_of(tracker: Tracker) -> str:
    """Who gave it back."""
    return str(turn_of(tracker).values.get("agent") or "") if handed_back(tracker) else ""


async def take_order(facts: Mapping[str, Any], notes: Notes) -> None:
    """The order that the person vouches for counts as proved.

    Raises ``bot.store.errors.StoreError`` when the store can't answer.
    """
    if not facts.get("order_id"):
        return
    try:
        order = await the_shop().orders.get_order(str(facts["order_id"]))
    except NotFound:
        return
    if notes["order_id"] and notes["order_id"] != order.id:
        notes.forget(*OF_THE_ORDER)
    notes.forget("passed_over", "ask_number", "unproved")
    take(order, notes)
