"""The shopper leaves an email, so that a person can answer there."""

from __future__ import annotations

from typing import Any

from email_validator import EmailNotValidError, validate_email
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.hearing import hearing_of
from actions.notes import Notes
from actions.voice import payload, voice_of


class LeaveEmail(Action):
    def name(self) -> str:
        return "action_leave_email"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice, heard = Notes(tracker.slots), voice_of(dispatcher, tracker), hearing_of(tracker)
        given = str(heard.turn.values.get("email") or heard.value("email") or "")
        try:
            email = validate_email(given, check_deliverability=False).normalized
        except EmailNotValidError:
            voice.say("utter_leave_email", card={"type": "email_form", "submit": payload("leave_email")})
            return []
        notes["contact_email"] = email
        voice.say("utter_email_kept")
        return notes.events()
