"""A number, a name or a reason when nothing was asked: taken if it can be, then asked what it is for."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.as_if_said import as_if_said
from actions.hearing import Hearing, hearing_of
from actions.not_understood import not_understood
from actions.notes import Notes
from actions.order_step import hear_order
from actions.product_answers import product_answered
from actions.refusal import offer_person
from actions.trouble import after_failure
from actions.voice import voice_of
from bot.store.errors import StoreError

GOES_ON = ("track_order", "refund_status")  # "and 1114?" asks the same of another order
NAME_ALONE = 2  # words: "malay please" answers which language
OFFERED = ("track_order", "change_address", "request_return", "cancel_order")


class LooseAnswer(Action):
    def name(self) -> str:
        return "action_loose_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice, heard = Notes(tracker.slots), voice_of(dispatcher, tracker), hearing_of(tracker)
        if (tracker.active_loop or {}).get("name"):
            return not_understood(tracker, notes, voice)
        if (goes_on := await product_answered(tracker, notes, voice)) is not None:
            return goes_on
        if (request := _stands_for(heard, notes)) is not None:
            return [*notes.events(), *as_if_said(request, tracker)]
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


def _stands_for(heard: Hearing, notes: Notes) -> dict[str, Any] | None:
    """The request that a half sentence means: another language, or the last job with another order."""
    intent = None
    other = heard.intent == "other_order" and bool(notes["last_job"])
    if heard.value("language_name") and heard.words <= NAME_ALONE:
        intent = "switch_language"
    elif other or (notes["last_job"] in GOES_ON and heard.value("order_number")):
        intent = notes["last_job"]
    if other and intent == notes["last_job"]:
        notes["passed_over"] = notes["order_id"]
        notes.forget("order_id", "order_number", "order_snapshot")
    return {"intent": intent, "text": heard.text, "entities": list(heard.entities)} if intent else None


class OfferPerson(Action):
    """For what only a person can settle."""

    def name(self) -> str:
        return "action_offer_person"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        offer_person(notes, voice)
        return notes.events()
