"""The names that tie an order job together: its intents, its form, the slots that are its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    name: str
    form: str | None = None  # None: answered at once
    slots: tuple[str, ...] = ()  # emptied when the job starts anew


JOBS = {
    job.name: job
    for job in (
        Job("track_order", "track_form"),
        Job("refund_status", "refund_form"),
        Job("ask_notification", "notification_form"),
        Job("list_orders"),
        Job("reorder", "reorder_form", ("reorder_items",)),
        Job("change_address", "address_form", ("address_draft", "address_part", "new_address", "address_confirmed")),
        Job("cancel_order", "cancel_form", ("cancel_reason", "cancel_confirmed")),
        Job(
            "request_return",
            "return_form",
            (
                "return_items",
                "return_reason",
                "return_conditions",
                "return_photos",
                "return_wish",
                "return_variants",
                "return_confirmed",
                "conditions_open",
                "conditions_given",
                "variants_given",
                "variant_wish",
            ),
        ),
        Job(
            "report_problem",
            "problem_form",
            ("problem_kind", "problem_items", "problem_photos", "problem_wish", "problem_confirmed"),
        ),
        Job("report_lost", "lost_form", ("lost_wish", "lost_confirmed")),
    )
}
# Intents that begin a job under another name: the job, and the kind of problem they name.
PROBLEM_INTENTS = {"wrong_item": "wrong_item", "damaged_item": "damaged", "missing_item": "missing_item"}


def job_of(intent: str) -> Job | None:
    """The order job that an intent begins, if it begins one."""
    return JOBS.get("report_problem" if intent in PROBLEM_INTENTS else intent)


def job_with(form: str | None) -> Job | None:
    return next((job for job in JOBS.values() if form and job.form == form), None)
