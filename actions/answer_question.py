"""A question about the shop, answered from its articles."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.articles import JOB, Question, answer_beside, article_for, show_article
from actions.hearing import hearing_of
from actions.not_understood import beyond_the_shop
from actions.notes import Notes
from actions.product_answers import answers_briefly, product_answered
from actions.refusal import offer_person
from actions.trouble import note_tried
from actions.voice import voice_of

OUT_OF_SCOPE = "out_of_scope"


class AnswerQuestion(Action):
    """The best passage of the best article; what seems beyond the shop, only by an article that surely answers it."""

    def name(self) -> str:
        return "action_answer_question"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice, heard = Notes(tracker.slots), voice_of(dispatcher, tracker), hearing_of(tracker)
        asked, beyond = Question(heard.text, heard.intent), heard.intent == OUT_OF_SCOPE
        if (beyond or answers_briefly(heard, tracker, notes)) and (
            goes_on := await product_answered(tracker, notes, voice)
        ) is not None:
            return goes_on
        found = await article_for(asked, voice.language, strong=beyond)
        await answer_beside(heard, notes, voice)
        if found is not None:
            show_article(found, asked, tracker, notes, voice)
        elif beyond:
            return beyond_the_shop(tracker, notes, voice)
        else:
            voice.say("utter_no_article")
            note_tried(notes, JOB, "no_article", "", {"question": heard.text})
            if not (tracker.active_loop or {}).get("name"):
                offer_person(notes, voice)
        return notes.events()
