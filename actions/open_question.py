"""Yes and no outside a form: they act only where the bot has just asked something."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.after_job import offer_waiting
from actions.articles import article_did_not_help, ask_if_helped
from actions.as_if_said import as_if_said
from actions.hearing import turns_since_slot
from actions.not_understood import ask_which, not_one_of_these
from actions.notes import Notes
from actions.product_answers import product_answered
from actions.recommend import QUESTION as RECOMMEND
from actions.refusal import offer_person
from actions.voice import Voice, voice_of
from actions.which_product import QUESTION as PRODUCT

LATELY = 2  # turns: one message may come between a question and its answer


def ask_again(notes: Notes, voice: Voice) -> None:
    """Say the open question once more, as after a change of language; nothing, where none is open."""
    question = notes["open_question"]
    if question in ("person", "complaint"):
        offer_person(notes, voice)
    elif question == "waiting_request":
        offer_waiting(notes, voice)
    elif question == "guess":
        ask_which(notes["guessed_intents"], notes, voice)
    elif question == "helped":
        ask_if_helped(voice)
    elif question in (PRODUCT, RECOMMEND):
        voice.say("utter_ask_product" if question == PRODUCT else "utter_ask_recommend")


class AnswerOpenQuestion(Action):
    """Yes or no to what the bot asked outside a form; without such a question, asks what is meant."""

    def name(self) -> str:
        return "action_answer_open_question"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        if (goes_on := await product_answered(tracker, notes, voice)) is not None:
            return goes_on
        yes = tracker.latest_message["intent"]["name"] == "affirm"
        question = notes["open_question"] if turns_since_slot(tracker, "open_question") <= LATELY else None
        notes.forget("open_question")
        request = None
        if question is None:
            voice.say("utter_nothing_asked")
        elif question == "guess":
            _guess_answered(yes, tracker, notes, voice)
        elif question == "helped":
            await _help_answered(yes, tracker, notes, voice)
        elif question in (PRODUCT, RECOMMEND) and yes:
            voice.say("utter_ask_product" if question == PRODUCT else "utter_ask_recommend")
            notes["open_question"] = question
        elif question in (PRODUCT, RECOMMEND):
            voice.say("utter_anything_else")
        else:
            offered = _taken_up(question, notes)
            request = offered if yes else None
            if request is None:
                voice.say("utter_anything_else")
        return [*notes.events(), *(as_if_said(request, tracker) if request else [])]


def _guess_answered(yes: bool, tracker: Tracker, notes: Notes, voice: Voice) -> None:
    if yes:  # to a question which of two
        ask_which(notes["guessed_intents"], notes, voice)
    else:
        not_one_of_these(tracker, notes, voice)


async def _help_answered(yes: bool, tracker: Tracker, notes: Notes, voice: Voice) -> None:
    if yes:
        voice.say("utter_glad_it_helped")
    else:
        await article_did_not_help(tracker, notes, voice)


def _taken_up(question: str, notes: Notes) -> dict[str, Any] | None:
    """What a yes asks for; a request that waited waits no longer, whatever the answer."""
    if question in ("person", "complaint"):
        return {"intent": "talk_to_person"}
    waiting = list(notes["waiting_request"] or [])
    notes["waiting_request"] = waiting[1:] or None
    return waiting[0] if waiting else None
