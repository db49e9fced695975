"""A photo that nobody asked for is kept; an email left with the bot goes with the conversation."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.hearing import hearing_of
from actions.notes import Notes
from actions.voice import voice_of

PHOTOS_KEPT = 6


class Photo(Action):
    def name(self) -> str:
        return "action_photo"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice, photo = Notes(tracker.slots), voice_of(dispatcher, tracker), hearing_of(tracker).value("photo")
        if photo is None:
            voice.say("utter_how_to_send_photo")
            return []
        notes["photos_seen"] = [*(notes["photos_seen"] or []), photo][-PHOTOS_KEPT:]
        requests = ("damaged_item", "wrong_item", "request_return")
        voice.say("utter_photo_kept", buttons=[voice.button(f"request.{each}", each) for each in requests])
        return notes.events()
