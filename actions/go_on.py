"""A person gives the conversation back: what they filled in is taken, and it goes on where it stood."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.after_job import resume
from actions.as_if_said import as_if_said
from actions.forms import FORMS
from actions.handed_back import facts_for, facts_of, name_of, take_order, wanted_job
from actions.hearing import Hearing, hearing_of
from actions.job_form import JobForm
from actions.jobs import PROBLEM_INTENTS, job_with
from actions.notes import Notes
from actions.trouble import after_failure
from actions.voice import Voice, voice_of
from bot.store.errors import StoreError

# What led to the person, and what was asked before they came, is over.
OVER = ("handoff_reason", "not_understood", "guessed_intents", "open_question", "insults", "complaint", "unproved")


class GoOn(Action):
    """The open form asks its next open question; or the job that the person named begins; or nothing is open."""

    def name(self) -> str:
        return "action_go_on"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        facts, job = facts_of(tracker), wanted_job(tracker)
        notes.forget(*OVER, "job_over", "job_checked", "preview")
        voice.say("utter_handed_back", name=name_of(tracker) or voice.words.text("colleague"))
        form_name = (tracker.active_loop or {}).get("name")
        open_job = job_with(form_name)
        if job is not None and job != open_job:
            return [*notes.events(), *as_if_said({"intent": _intent_for(job.name)}, tracker)]
        heard = replace(hearing_of(tracker), facts=facts)
        try:
            await take_order(facts, notes)
            if open_job is not None:
                await _go_on(FORMS[open_job.name], heard, tracker.get_slot(REQUESTED_SLOT), notes, voice)
        except StoreError as error:
            return after_failure(error, open_job.name if open_job else "hand_back", notes)
        if form_name and open_job is None:  # a form of the trainers' own, which Rasa itself fills and asks
            for slot, value in facts_for(form_name, facts, domain).items():
                notes[slot] = value
        if form_name:
            return notes.events()
        notes.forget("job")
        if notes["paused_jobs"]:
            return resume(notes)
        voice.say("utter_anything_else")
        return notes.events()


async def _go_on(form: JobForm, heard: Hearing, asked: Any, notes: Notes, voice: Voice) -> None:
    """Look at the order anew, take the facts, and tell the form how to ask what is still open."""
    await form.listen(heard, None, notes, voice)
    again = form.next_question(notes.slots, heard.turn.customer is not None) == asked
    notes["asked"] = "again" if again else "first"


def _intent_for(job: str) -> str:
    """The intent that begins the job; the kind of problem is then the person's to say, or asked."""
    return next(iter(PROBLEM_INTENTS)) if job == "report_problem" else job
