"""A person takes over: the reason is noted, the shopper hears what happens next."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.notes import Notes
from actions.voice import Voice, voice_of

REASON_OF_INTENT = {"upset": "upset", "leave_email": "wish_for_person"}


def listen_without_asking(tracker: Tracker) -> list[EventType]:
    """End the turn here; an open form keeps its question and is asked first again next time."""
    form = (tracker.active_loop or {}).get("name")
    return [*([ActiveLoop(form)] if form else []), FollowupAction("action_listen")]


class TalkToPerson(Action):
    """The shopper wants a person, perhaps to complain, or is upset."""

    def name(self) -> str:
        return "action_talk_to_person"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes = Notes(tracker.slots)
        intent = (tracker.latest_message.get("intent") or {}).get("name")
        wish = "complaint" if notes["complaint"] else "wish_for_person"
        notes["handoff_reason"] = REASON_OF_INTENT.get(str(intent), wish)
        tell(notes, voice_of(dispatcher, tracker))
        return [*notes.events(), *listen_without_asking(tracker)]


class HandOver(Action):
    """Another action has set ``handoff_reason``; this says what happens next."""

    def name(self) -> str:
        return "action_hand_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes = Notes(tracker.slots)
        tell(notes, voice_of(dispatcher, tracker))
        return [*notes.events(), *listen_without_asking(tracker)]


def tell(notes: Notes, voice: Voice) -> None:
    """Why, and what happens next; the gateway asks guests for an email, for it must do so too when Rasa is down."""
    notes.forget("open_question", "complaint")
    voice.say(f"utter_handoff_{_why(notes)}")
    voice.say("utter_handoff_next")


def _why(notes: Notes) -> str:
    """Who reads "I can't be sure it was done" worries: it is said only where a write may have happened."""
    reason, tried = str(notes["handoff_reason"]), notes["tried"] or []
    if reason == "action_failed" and tried and tried[-1]["outcome"] == "failed":
        return "nothing_done"
    return reason
