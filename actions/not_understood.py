"""Not understood: first which of two was meant, or other words; the second time in a row simpler words, or one of what
the bot can do; the third time a person, with all that was said. Whatever is understood begins it anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.articles import Question, article_for, show_article
from actions.hearing import hearing_of, turn_before
from actions.notes import Notes
from actions.product_answers import product_answered
from actions.trouble import hand_over, note_tried
from actions.turn import turn_of
from actions.voice import Voice, voice_of
from bot.nlu.likely_requests import likely_requests

NAME = "action_not_understood"
OFFERED = ("track_order", "change_address", "request_return", "refund_status")  # the second time
PERSON_AT = 3


class NotUnderstood(Action):
    def name(self) -> str:
        return NAME

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        if (goes_on := await product_answered(tracker, notes, voice)) is not None:
            return goes_on
        asked = Question(hearing_of(tracker).text, "")
        if not _in_form(tracker) and (found := await article_for(asked, voice.language, strong=True)):
            show_article(found, asked, tracker, notes, voice)
            return notes.events()
        return not_understood(tracker, notes, voice)


def not_understood(tracker: Tracker, notes: Notes, voice: Voice) -> list[EventType]:
    """The next step of the ladder; nothing is begun and nothing is written on a guess."""
    said = _one_more(tracker, notes)
    if len(said) > 1:
        return _further(said, tracker, notes, voice)
    ranking = tracker.latest_message.get("intent_ranking") or []
    guesses = likely_requests(ranking, voice.words.group("buttons.request"))
    if guesses and not _in_form(tracker):
        ask_which(guesses, notes, voice)
    else:
        voice.say("utter_please_rephrase")
    return notes.events()


def beyond_the_shop(tracker: Tracker, notes: Notes, voice: Voice) -> list[EventType]:
    """What the shop is not for: said so the first time; in a row it is a message that the bot can do nothing with."""
    said = _one_more(tracker, notes)
    if len(said) > 1:
        return _further(said, tracker, notes, voice)
    voice.say("utter_out_of_scope")
    return notes.events()


def _further(said: list[str], tracker: Tracker, notes: Notes, voice: Voice) -> list[EventType]:
    """The second time in a row, and the third."""
    if len(said) >= PERSON_AT:
        note_tried(notes, NAME, "failed", "not_understood", {"said": "\n".join(said)})
        notes.forget("not_understood", "guessed_intents")
        return hand_over(notes, "not_understood")
    requests = [voice.button(f"request.{each}", each) for each in OFFERED]
    ways = [voice.button("stop", "stop")] if _in_form(tracker) else requests
    voice.say("utter_please_rephrase_again", buttons=[*ways, voice.button("person", "talk_to_person")])
    return notes.events()


def _in_form(tracker: Tracker) -> bool:
    return bool((tracker.active_loop or {}).get("name"))


def _one_more(tracker: Tracker, notes: Notes) -> list[str]:
    """What was not understood in a row, with the latest message; noted for the next time."""
    said = [*_said_before(tracker, notes), tracker.latest_message.get("text") or ""]
    notes["not_understood"] = {"turn": turn_of(tracker).turn_id, "said": said}
    return said


def ask_which(guesses: Sequence[str], notes: Notes, voice: Voice) -> None:
    """Ask which of these requests was meant."""
    notes["open_question"], notes["guessed_intents"] = "guess", list(guesses)
    buttons = [voice.button(f"request.{guess}", guess) for guess in guesses]
    voice.say("utter_did_you_mean", buttons=[*buttons, voice.button("none_of_these", "deny")])


def not_one_of_these(tracker: Tracker, notes: Notes, voice: Voice) -> None:
    """Neither guess was right: ask for other words, and do not begin the ladder anew."""
    notes["not_understood"] = {**(notes["not_understood"] or {"said": []}), "turn": turn_of(tracker).turn_id}
    notes.forget("guessed_intents")
    voice.say("utter_please_rephrase")


def _said_before(tracker: Tracker, notes: Notes) -> list[str]:
    """What was not understood just before this message, if nothing was understood in between."""
    noted = notes["not_understood"] or {}
    return list(noted["said"]) if noted and noted["turn"] == turn_before(tracker) else []
