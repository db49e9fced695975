"""Where the money is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.job_action import JobAction
from actions.job_form import JobForm
from actions.next_steps import next_steps_text
from actions.notes import Notes
from actions.refusal import offer_person
from actions.shop import the_shop
from actions.turn import Turn
from actions.voice import Voice
from bot.orders.refund_status import RefundEntry, refund_status
from bot.store.models import Order

JOB = "refund_status"


class ValidateRefundForm(JobForm):
    job_name = JOB

    def questions(self, slots: Mapping[str, Any]) -> list[str]:
        return []


class RefundStatus(JobAction):
    action = "action_refund_status"
    job_name = JOB

    async def do(self, order: Order, notes: Notes, voice: Voice, turn: Turn) -> None:
        shop = the_shop()
        status = refund_status(order, shop.policy, shop.now())
        if not status.entries:
            return voice.say("utter_refund_none", number=status.number)
        for entry in status.entries:
            self._tell(entry, status.number, voice)
        if status.needs_person:
            voice.say("utter_refund_overdue", number=status.number)
            offer_person(notes, voice)
        return None

    def _tell(self, entry: RefundEntry, number: str, voice: Voice) -> None:
        voice.say(
            f"utter_refund_{entry.state.value}",
            number=number,
            amount=voice.formats.money(entry.amount),
            method=entry.method or voice.words.text("unknown_method"),
            case=entry.case_number,
            sent=voice.formats.day_of(entry.sent_at) if entry.sent_at else "",
            next=next_steps_text(entry.next_steps, voice),
        )
