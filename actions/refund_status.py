"""Where the money is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.job_action import JobAction
from actions.job_form import JobForm
from actions.notes import Notes
from actions.refusal import offer_person
from actions.shop import the_shop
from actions.turn import Turn
from actions.voice import Voice
from bot.orders.cancel import may_cancel
from bot.orders.refund_amount import paid_amount, refundable_amount
from bot.orders.refund_status import RefundEntry, original_method, refund_status
from bot.orders.returns import may_return
from bot.store.models import Order, OrderState
from bot.wording.next_steps import next_steps_text

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
            return await self._tell_times(order, voice)
        for entry in status.entries:
            self._tell(entry, status.number, voice)
        if status.needs_person:
            voice.say("utter_refund_overdue", number=status.number)
            offer_person(notes, voice)
        return None

    async def _tell_times(self, order: Order, voice: Voice) -> None:
        """No refund so far: how long one would take, by the shop's rules and the way the order was paid."""
        shop = the_shop()
        paid = paid_amount(order)
        if order.state is OrderState.unpaid or (paid is not None and paid.amount <= 0):
            return voice.say("utter_refund_nothing_paid", number=order.number)
        if order.state in (OrderState.cancelled, OrderState.returned):
            return voice.say("utter_refund_none", number=order.number)
        method = original_method(order)
        arrives, steps = shop.policy.refunds.days_for(method), shop.policy.next_steps
        if may_cancel(order, shop.policy, shop.now(), await shop.orders.capabilities()).allowed:
            response = "utter_refund_if_cancelled"
        elif may_return(order, shop.policy, shop.now(), await shop.orders.capabilities()).allowed:
            response = "utter_refund_if_returned"
        else:
            response = "utter_refund_if_any"
        return voice.say(
            response,
            number=order.number,
            amount=voice.formats.money(refundable_amount(order)),
            method=method or voice.words.text("unknown_method"),
            starts=_days(steps.refund_started.latest, voice),
            inspected=_days(steps.inspect.latest, voice),
            arrives=_days(arrives.latest, voice),
        )

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


def _days(number: int, voice: Voice) -> str:
    """ "one business day", "3 business days"."""
    return voice.words.text("business_days.one" if number <= 1 else "business_days.more", number=number)
