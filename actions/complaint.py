"""A complaint that no job of ours settles, and rude words: heard, answered once, then for a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.notes import Notes
from actions.trouble import hand_over, note_tried
from actions.voice import voice_of


class Complaint(Action):
    """What was written is noted and a person offered; who goes on complaining gets one."""

    def name(self) -> str:
        return "action_complaint"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        before = notes["complaint"]
        note_tried(notes, "complaint", "noted", "", {"text": tracker.latest_message.get("text") or ""})
        notes["complaint"] = True
        if before:
            return hand_over(notes, "complaint")
        notes["open_question"] = "complaint"
        voice.say("utter_complaint", buttons=[voice.button("person", "talk_to_person"), voice.button("no", "deny")])
        return notes.events()


class Abuse(Action):
    """An answer without offence; the second time a person."""

    def name(self) -> str:
        return "action_abuse"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        if notes["insults"]:
            notes.forget("insults")
            return hand_over(notes, "abuse")
        notes["insults"] = 1
        voice.say("utter_abuse", buttons=[voice.button("person", "talk_to_person")])
        return notes.events()
