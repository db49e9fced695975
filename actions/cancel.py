"""Cancel an order that has not left: why, what comes back, yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.ask_choice import AskChoice
from actions.choices import heard_choice
from actions.confirm import AskConfirmed, hear_confirmation
from actions.hearing import Hearing
from actions.job_form import JobForm
from actions.notes import Notes
from actions.refusal import refuse
from actions.shop import the_shop
from actions.voice import Button, Voice
from actions.write_action import WriteAction
from bot.orders.cancel import CancelPreview, may_cancel, perform_cancel, preview_cancel
from bot.orders.done import Done
from bot.store.models import Order
from bot.wording.next_steps import next_steps_text

JOB = "cancel_order"


class ValidateCancelForm(JobForm):
    job_name = JOB
    no_is_final = True

    def questions(self, slots: Mapping[str, Any]) -> list[str]:
        return ["cancel_reason", "cancel_confirmed"]

    async def check(self, order: Order, heard: Hearing, notes: Notes, voice: Voice) -> None:
        shop = the_shop()
        verdict = may_cancel(order, shop.policy, shop.now(), await shop.orders.capabilities())
        if not verdict.allowed:
            refuse(JOB, verdict, order, notes, voice)

    async def hear(self, order: Order, heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
        answer = hear_confirmation(heard, asks, "cancel_confirmed", notes)
        if answer is not None:
            if answer:
                notes["cancel_confirmed"] = True
            else:
                self.decline(heard, notes, voice)
            return True
        early = asks in (None, "cancel_confirmed")
        reasons = the_shop().policy.cancel.reasons
        reason = heard_choice(heard, "cancel_reason", asks, reasons, voice.words, early=early)
        if reason:
            notes["cancel_reason"] = reason
        return reason is not None


class AskCancelReason(AskChoice):
    slot = "cancel_reason"

    async def choices(self, order: Order, notes: Notes) -> list[str]:
        return list(the_shop().policy.cancel.reasons)


class AskCancelConfirmed(AskConfirmed):
    job_name = JOB
    slot = "cancel_confirmed"

    async def preview(self, order: Order, notes: Notes) -> CancelPreview:
        shop = the_shop()
        return preview_cancel(order, str(notes["cancel_reason"]), shop.policy, shop.now())

    def show(self, preview: CancelPreview, yes_no: list[Button], notes: Notes, voice: Voice) -> None:
        words, formats = voice.words, voice.formats
        rows = [
            {"label": words.text("row.order"), "value": f"#{preview.number}"},
            {"label": words.text("row.items"), "value": formats.listed(preview.titles)},
            {"label": words.text("row.total"), "value": formats.money(preview.total)},
            {"label": words.text("row.reason"), "value": words.label("cancel_reason", preview.reason)},
        ]
        rows += [
            {
                "label": words.text("row.refund"),
                "value": words.text("refund_to", amount=formats.money(part.amount), method=part.method),
            }
            for part in preview.refunds
        ]
        card = {"type": "confirm", "title": words.text("confirm_title.cancel_order"), "rows": rows}
        voice.say(f"utter_ask_{self.slot}", buttons=yes_no, card=card, number=preview.number)


class CancelOrder(WriteAction):
    action = "action_cancel_order"
    job_name = JOB
    confirmed_slot = "cancel_confirmed"

    async def perform(self, data: dict[str, Any], key: str) -> Done:
        shop = the_shop()
        return await perform_cancel(shop.orders, CancelPreview.from_slot(data), shop.policy, shop.now(), key=key)

    def tell(self, done: Done, data: dict[str, Any], notes: Notes, voice: Voice) -> None:
        voice.say("utter_cancelled", number=done.order.number, next=next_steps_text(done.next_steps, voice))
