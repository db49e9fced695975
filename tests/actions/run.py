"""Runs one action as Rasa's action server would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

SITI = {"id": "cus_siti", "name": "Siti Aminah", "email": "siti@example.com"}


@dataclass(frozen=True)
class Result:
    events: list[dict[str, Any]]
    messages: list[dict[str, Any]]

    @property
    def said(self) -> list[str]:
        return [message["response"] for message in self.messages]

    @property
    def slots(self) -> dict[str, Any]:
        return {event["name"]: event["value"] for event in self.events if event["event"] == "slot"}

    @property
    def next_action(self) -> str | None:
        followups = [event["name"] for event in self.events if event["event"] == "followup"]
        return followups[-1] if followups else None


async def run(
    action: Action,
    *,
    intent: str = "inform",
    text: str = "",
    entities: list[dict[str, Any]] | None = None,
    slots: dict[str, Any] | None = None,
    customer: dict[str, str] | None = None,
    form: str | None = None,
    turn_id: str = "t_1",
    values: dict[str, Any] | None = None,
    before: list[dict[str, Any]] | None = None,
    ranking: list[tuple[str, float]] | None = None,
    set_in_turn_before: bool = True,
) -> Result:
    """``before``: events of turns before; unless told not to, the slots are set after them, in the turn before."""
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": 1.0},
        "entities": entities or [],
        "intent_ranking": [{"name": name, "confidence": confidence} for name, confidence in ranking or []],
        "metadata": {
            "turn_id": turn_id,
            "conversation_id": "c_1",
            "locale": "en-MY",
            "time_zone": "Asia/Kuala_Lumpur",
            "client_ref": "n_1",
            "customer": customer,
            "values": values or {},
        },
    }
    tracker = Tracker(
        "c_1",
        {"language": "en", "asked": "first", **(slots or {})},
        message,
        [*(before or []), *_set(slots if set_in_turn_before else None), {"event": "user", **message}],
        False,
        None,
        {"name": form} if form else {},
        "action_listen",
    )
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, tracker, {})
    return Result(list(events), dispatcher.messages)


def proved(order_id: str, number: str) -> dict[str, Any]:
    """The slots of a shopper who has proved an order."""
    return {"order_id": order_id, "order_number": number, "proved_orders": [order_id]}


def said(text: str, turn_id: str) -> dict[str, Any]:
    """The event of a message of before."""
    return {"event": "user", "text": text, "metadata": {"turn_id": turn_id}}


def _set(slots: dict[str, Any] | None) -> list[dict[str, Any]]:
    return [{"event": "slot", "name": name, "value": value} for name, value in (slots or {}).items()]
