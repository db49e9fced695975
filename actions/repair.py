"""Never mind, start over, choices that are no longer open."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.after_job import finished
from actions.as_if_said import as_if_said
from actions.choices import ordinal
from actions.hearing import hearing_of
from actions.jobs import job_with
from actions.notes import Notes
from actions.product_answers import product_answered
from actions.voice import voice_of

KEPT_AT_START_OVER = ("language", "language_chosen", "proved_orders", "tried")


class StopJob(Action):
    """The shopper wants nothing more of what is open; nothing was written, and nothing is asked."""

    def name(self) -> str:
        return "action_stop_job"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        job = job_with((tracker.active_loop or {}).get("name"))
        if job is None:
            notes.forget("open_question", "waiting_request")
            voice.say("utter_nothing_to_stop")
            return notes.events()
        notes.forget(*job.slots, "unproved", "passed_over")
        if not notes["order_id"]:
            notes.forget("order_number", "proof")
        voice.say(f"utter_stopped_{job.name}")
        after = finished(notes, voice)
        listen = [] if any(event["event"] == "followup" for event in after) else [FollowupAction("action_listen")]
        return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), *after, *listen]


class StartOver(Action):
    """Everything is forgotten but who they are and what was tried."""

    def name(self) -> str:
        return "action_start_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        voice_of(dispatcher, tracker).say("utter_start_over")
        kept = [SlotSet(slot, tracker.get_slot(slot)) for slot in KEPT_AT_START_OVER]
        return [ActiveLoop(None), AllSlotsReset(), *kept]


class StaleChoice(Action):
    """A button of a question that is no longer open; but "the first one" may mean one of two guesses."""

    def name(self) -> str:
        return "action_stale_choice"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        if (goes_on := await product_answered(tracker, notes, voice)) is not None:
            return goes_on
        place = ordinal(hearing_of(tracker), voice.words)
        if guess := _guess_at(place, notes):
            notes.forget("open_question", "guessed_intents")
            return [*notes.events(), *as_if_said({"intent": guess}, tracker)]
        voice.say("utter_choice_no_longer_open")
        return []


def _guess_at(place: int | None, notes: Notes) -> str | None:
    guesses = list(notes["guessed_intents"] or []) if notes["open_question"] == "guess" else []
    return str(guesses[place]) if place is not None and -len(guesses) <= place < len(guesses) else None
