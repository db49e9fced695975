"""Not understood: once, ask which of two was meant or for other words; twice in a row, a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.notes import Notes
from actions.trouble import hand_over, note_tried
from actions.voice import Voice, voice_of

NAME = "action_not_understood"
REPHRASE = "utter_please_rephrase"
DID_YOU_MEAN = "utter_did_you_mean"
WORTH_ASKING = 0.25  # of the classifier's confidence: below, a guess would only annoy
CHOICES = 2


class NotUnderstood(Action):
    def name(self) -> str:
        return NAME

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return not_understood(tracker, Notes(tracker.slots), voice_of(dispatcher, tracker))


def not_understood(tracker: Tracker, notes: Notes, voice: Voice) -> list[EventType]:
    """Ask once for other words; the second time in a row, a person."""
    if _also_the_message_before(tracker):
        note_tried(notes, NAME, "failed", "not_understood", {"text": tracker.latest_message.get("text") or ""})
        return hand_over(notes, "not_understood")
    guesses = [] if (tracker.active_loop or {}).get("name") else _guesses(tracker, voice)
    if not guesses:
        voice.say(REPHRASE)
        return notes.events()
    notes["open_question"] = "guess" if len(guesses) == 1 else None
    notes["guessed_intent"] = guesses[0]
    buttons = [voice.button(f"request.{guess}", guess) for guess in guesses]
    voice.say(DID_YOU_MEAN, buttons=[*buttons, voice.button("person", "talk_to_person")])
    return notes.events()


def _also_the_message_before(tracker: Tracker) -> bool:
    """Whether the bot asked for other words in its previous turn already."""
    messages = 0
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            messages += 1
            if messages == 2:
                return False
        elif messages == 1 and event.get("event") == "bot":
            said = (event.get("metadata") or {}).get("utter_action")
            if said in (REPHRASE, DID_YOU_MEAN):
                return True
    return False


def _guesses(tracker: Tracker, voice: Voice) -> list[str]:
    """The likeliest requests that have a button title."""
    offered = voice.words.group("buttons.request")
    ranking = tracker.latest_message.get("intent_ranking") or []
    likely = [
        entry["name"] for entry in ranking if entry["name"] in offered and entry["confidence"] >= WORTH_ASKING / 2
    ]
    return likely[:CHOICES]
