"""Articles in the chat: found, shown as a passage with a link, asked whether they helped, followed by the next best."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from rasa_sdk import Tracker

from actions.hearing import SECOND_REQUEST, Hearing
from actions.jobs import job_of
from actions.notes import Notes
from actions.refusal import offer_person
from actions.shop import the_shop
from actions.trouble import note_tried
from actions.voice import Voice
from bot.knowledge.articles import Found

JOB = "answer_question"  # in what was tried
OPEN_QUESTION = "helped"
ANSWERED, NO_HELP = "answered", "did_not_help"
MOST_SHOWN = 2  # articles for one question; then a person is offered
KEPT = 200  # characters of a question that are kept for the person


@dataclass(frozen=True)
class Question:
    """A question: its words (none, where a button asked it) and the intent they were taken for."""

    text: str
    intent: str


async def article_for(
    asked: Question, language: str, *, strong: bool = False, without: tuple[str, ...] = ()
) -> Found | None:
    """The article that answers a question; ``strong``: only one that leaves no doubt, whatever the intent."""
    # In a thread: the very first search has words to read, and other shoppers wait for nothing.
    return await asyncio.to_thread(
        the_shop().articles.search,
        asked.text,
        language,
        None if strong else asked.intent,
        strong=strong,
        without=without,
    )


async def answer_beside(heard: Hearing, notes: Notes, voice: Voice) -> None:
    """The questions about the shop that stand in the message beside what it is for."""
    for each in heard.entities:
        if each["entity"] != SECOND_REQUEST or job_of(each["value"]) is not None:
            continue
        asked = Question(each.get("text") or "", each["value"])
        found = await article_for(asked, voice.language)
        if found is not None:
            _say_passage(found, asked, notes, voice, "utter_article")


def show_article(
    found: Found, asked: Question, tracker: Tracker, notes: Notes, voice: Voice, *, response: str = "utter_article"
) -> None:
    """Say the passage; outside a form also ask whether it helped, for inside one the form has a question open."""
    _say_passage(found, asked, notes, voice, response)
    if not (tracker.active_loop or {}).get("name"):
        notes["open_question"], notes["answered_article"] = OPEN_QUESTION, found.slug
        ask_if_helped(voice)


def _say_passage(found: Found, asked: Question, notes: Notes, voice: Voice, response: str) -> None:
    card = {"type": "article", "title": found.title, "url": found.url}
    voice.say(response, passage=found.passage, title=found.title, url=found.url, card=card)
    data = {"article": found.url, "question": asked.text[:KEPT], "intent": asked.intent}
    note_tried(notes, JOB, ANSWERED, "", data)


def ask_if_helped(voice: Voice) -> None:
    buttons = [voice.button("helped_yes", "affirm"), voice.button("helped_no", "deny")]
    voice.say("utter_did_that_help", buttons=buttons)


async def article_did_not_help(tracker: Tracker, notes: Notes, voice: Voice) -> None:
    """The next best article on the same question, if there is one; then a person."""
    answers = list(_answers(notes))
    note_tried(notes, JOB, NO_HELP, "", {"article": str(notes["answered_article"])})
    found = None
    if answers:
        asked = answers[-1][0]
        shown = tuple(slug for question, slug in answers if question == asked)
        if len(shown) < MOST_SHOWN:
            found = await article_for(asked, voice.language, without=shown)
        if found is not None:
            return show_article(found, asked, tracker, notes, voice, response="utter_another_article")
    notes.forget("answered_article")
    voice.say("utter_not_helped")
    return offer_person(notes, voice)


def _answers(notes: Notes) -> Iterator[tuple[Question, str]]:
    """The questions answered so far, each with the article's slug, the latest last."""
    for entry in notes["tried"] or []:
        if entry["job"] == JOB and entry["outcome"] == ANSWERED:
            data = entry["data"]
            yield Question(data["question"], data["intent"]), str(data["article"]).rsplit("/", 1)[-1]
