"""A number, a name or a reason when nothing was asked: taken if it can be, then asked what it is for."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.hearing import hearing_of
from actions.notes import Notes
from actions.order_step import hear_order
from actions.refusal import offer_person
from actions.trouble import after_failure
from actions.voice import voice_of
from bot.store.errors import StoreError

OFFERED = ("track_order", "change_address", "request_return", "cancel_order")


class LooseAnswer(Action):
    def name(self) -> str:
        return "action_loose_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice, heard = Notes(tracker.slots), voice_of(dispatcher, tracker), hearing_of(tracker)
        if (tracker.active_loop or {}).get("name"):
            return [FollowupAction("action_not_understood")]
        try:
            taken = await hear_order(heard, None, notes, voice)
        except StoreError as error:
            return after_failure(error, "proof", notes)
        if notes["unproved"] and not notes["order_id"]:
            return notes.events()
        response = "utter_what_about_order" if notes["order_number"] and taken else "utter_what_about_it"
        buttons = [voice.button(f"request.{each}", each) for each in OFFERED]
        voice.say(response, buttons=buttons, order_number=notes["order_number"] or "")
        return notes.events()


class OfferPerson(Action):
    """For what only a person can settle."""

    def name(self) -> str:
        return "action_offer_person"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        offer_person(notes, voice)
        return notes.events()
