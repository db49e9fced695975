"""The shopper asks for a language: it is set outright, and what was open goes on in it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.hearing import hearing_of
from actions.notes import Notes
from actions.open_question import ask_again
from actions.shop import the_shop
from actions.voice import Button, Voice, payload, voice_of

NAME = "action_switch_language"


class SwitchLanguage(Action):
    """Inside a form the form asks its question again by itself."""

    def name(self) -> str:
        return NAME

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, wanted = Notes(tracker.slots), hearing_of(tracker).value("language_name")
        spoken = the_shop().settings.offered_languages
        if wanted not in spoken:
            _ask_which_language(wanted, spoken, voice_of(dispatcher, tracker))
            return []
        voice = voice_of(dispatcher, tracker, wanted)
        notes["language"], notes["language_chosen"] = wanted, True
        voice.say("utter_language_switched")
        if not (tracker.active_loop or {}).get("name"):
            ask_again(notes, voice)
        return notes.events()


def _ask_which_language(wanted: str | None, spoken: tuple[str, ...], voice: Voice) -> None:
    buttons = [_language_button(each, voice) for each in spoken]
    if wanted is None:
        voice.say("utter_ask_language", buttons=buttons)
        return
    names = voice.formats.listed([voice.words.label("language", each) for each in spoken])
    voice.say("utter_language_not_offered", buttons=buttons, languages=names)


def _language_button(language: str, voice: Voice) -> Button:
    title = voice.words.label("language", language)
    return {"title": title, "payload": payload("switch_language", {"language_name": language})}
