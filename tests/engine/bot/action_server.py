"""The action server of the engine's tests: one action for everything an action may do to the engine."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

Events = list[dict[str, Any]]


def note_run(turn: str) -> None:
    with Path(os.environ["COUNT_FILE"]).open("a") as runs:
        runs.write(f"{turn}\n")


class ValidateAddressForm(FormValidationAction):
    def name(self) -> str:
        return "validate_address_form"

    def validate_postcode(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        if value == "50000":
            raise RuntimeError("the address service is away")
        return {"postcode": value}


class SaveAddress(Action):
    def name(self) -> str:
        return "action_save_address"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if tracker.get_slot("confirmed"):
            dispatcher.utter_message(response="utter_saved")
        else:
            dispatcher.utter_message(response="utter_cancelled")
        return [SlotSet("street", None), SlotSet("postcode", None), SlotSet("confirmed", None)]


class Track(Action):
    def name(self) -> str:
        return "action_track"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return [SlotSet("order_id", f"o_{tracker.get_slot('order_number')}")]


class Raise(Action):
    def name(self) -> str:
        return "action_raise"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        raise ValueError("siti@example.com is not to be seen in any answer")


class Reject(Action):
    def name(self) -> str:
        return "action_reject"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        raise ActionExecutionRejection(self.name())


class Slow(Action):
    def name(self) -> str:
        return "action_slow"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        await asyncio.sleep(float(os.environ["SLOW_SECONDS"]))
        return []


class Count(Action):
    """Notes each run in a file, and counts in a slot."""

    def name(self) -> str:
        return "action_count"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        turn = tracker.latest_message["metadata"]["turn_id"]
        note_run(turn)
        await asyncio.sleep(float(os.environ.get("COUNT_SECONDS", "0")))
        return [SlotSet("counted", (tracker.get_slot("counted") or 0) + 1)]


class Crash(Action):
    def name(self) -> str:
        return "action_crash"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        os._exit(9)


class ToPerson(Action):
    def name(self) -> str:
        return "action_to_person"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        dispatcher.utter_message(response="utter_to_person")
        return [SlotSet("proved_orders", ["o_1"]), SlotSet("handoff_reason", "wish_for_person")]


class ShowCard(Action):
    def name(self) -> str:
        return "action_show_card"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        dispatcher.utter_message(response="utter_anything_else", json_message={"type": "order", "number": "1047"})
        return []


def main() -> None:
    from rasa_sdk.endpoint import create_app  # noqa: PLC0415 - imports this module's actions

    create_app(__name__).run("127.0.0.1", int(sys.argv[1]), workers=1)


if __name__ == "__main__":
    main()
