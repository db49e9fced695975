"""The start of an order job: what was open is put aside, what the message already says is taken, and what it asks
beside it is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.articles import answer_beside
from actions.choices import contains
from actions.forms import FORMS
from actions.handed_back import facts_of, handed_back, take_order
from actions.hearing import HAND_BACK, SECOND_REQUEST, Hearing, hearing_of
from actions.jobs import PROBLEM_INTENTS, Job, job_of, job_with
from actions.notes import Notes
from actions.trouble import after_failure
from actions.voice import voice_of
from bot.store.errors import StoreError


class BeginJob(Action):
    """Runs before a job's form, so that a store that fails does not leave a form half-way."""

    def name(self) -> str:
        return "action_begin_job"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, heard = Notes(tracker.slots), hearing_of(tracker)
        job = job_of(heard.intent)
        if handed_back(tracker):  # the intent only names the job; what is known of it is in the facts
            heard = replace(heard, intent=HAND_BACK, facts=facts_of(tracker))
        if job is None:
            raise ValueError(
                f"{hearing_of(tracker).intent} begins no order job: the rule that ran action_begin_job is wrong."
            )
        voice = voice_of(dispatcher, tracker)
        instead = any(contains(heard.text, word) for word in voice.words.group("heard").get("instead") or [])
        open_job = job_with((tracker.active_loop or {}).get("name"))
        open_form = FORMS.get(open_job.name) if open_job else None
        if not instead and not (open_form and open_form.declined(tracker.slots)):
            _put_aside(open_job, job, notes)
        _start(job, heard, notes)
        await answer_beside(heard, notes, voice)
        form = FORMS.get(job.name)
        if form is None:
            return notes.events()
        before = notes["unproved"]
        try:
            await take_order(heard.facts, notes)
            await form.listen(heard, None, notes, voice)
        except StoreError as error:
            asks = form.next_question(notes.slots, heard.turn.customer is not None)
            return [ActiveLoop(job.form), SlotSet(REQUESTED_SLOT, asks), *after_failure(error, job.name, notes)]
        if notes["unproved"] and notes["unproved"] is not before:
            notes["asked"] = "failed"
        return notes.events()


def _put_aside(open_job: Job | None, new: Job, notes: Notes) -> None:
    """An open form is kept with its slots and taken up again after the new job."""
    waiting = [entry for entry in notes["paused_jobs"] or [] if entry["job"] != new.name]
    if open_job is not None and open_job != new:
        waiting.append({"job": open_job.name, "order_id": notes["order_id"], "order_number": notes["order_number"]})
    notes["paused_jobs"] = waiting or None


def _start(job: Job, heard: Hearing, notes: Notes) -> None:
    notes.forget(*job.slots, "job_over", "job_checked", "preview", "open_question", "said", "narrowed_orders")
    if notes["order_id"] or notes["last_job"] != job.name:
        notes.forget("passed_over")
    notes["job"] = job.name
    notes["asked"] = "first"
    notes[REQUESTED_SLOT] = None
    if heard.intent in PROBLEM_INTENTS:
        notes["problem_kind"] = PROBLEM_INTENTS[heard.intent]
    second = [
        {"intent": each["value"], "text": each.get("text") or "", "entities": each.get("entities") or []}
        for each in heard.entities
        if each["entity"] == SECOND_REQUEST and job_of(each["value"]) not in (None, job)
    ]
    if second:
        notes["waiting_request"] = second
