"""What follows a job: the one put aside, or the second request of a message, or silence."""

from __future__ import annotations

from rasa_sdk.events import EventType, FollowupAction

from actions.jobs import JOBS
from actions.notes import Notes
from actions.voice import Voice


def finished(notes: Notes, voice: Voice) -> list[EventType]:
    """The events that close a job."""
    notes["last_job"] = notes["job"]
    notes.forget("job", "job_over", "job_checked", "preview")
    if notes["paused_jobs"]:
        return resume(notes)
    offer_waiting(notes, voice)
    return notes.events()


def offer_waiting(notes: Notes, voice: Voice) -> None:
    """Ask about the request that was kept, if there is one."""
    waiting = list(notes["waiting_request"] or [])
    if not waiting:
        return
    notes["open_question"] = "waiting_request"
    voice.say(
        "utter_offer_waiting",
        request=voice.words.text(f"request.{waiting[0]['intent']}"),
        buttons=[voice.button("yes", "affirm"), voice.button("no", "deny")],
    )


def resume(notes: Notes) -> list[EventType]:
    """Take up the job that was put aside last, at the question where it stood."""
    waiting = list(notes["paused_jobs"])
    entry = waiting.pop()
    notes["paused_jobs"] = waiting or None
    notes["job"] = entry["job"]
    notes["order_id"], notes["order_number"] = entry["order_id"], entry["order_number"]
    notes["job_checked"] = entry["order_id"]
    notes["asked"] = "again"
    return [*notes.events(), FollowupAction(JOBS[entry["job"]].form)]
