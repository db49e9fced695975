""" "I never got it": what the tracking says, and if it counts as lost, a new one or the money."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.ask_choice import AskChoice
from actions.choices import heard_choice
from actions.confirm import AskConfirmed, hear_confirmation
from actions.hearing import Hearing
from actions.job_form import JobForm
from actions.jobs import job_of
from actions.notes import Notes
from actions.refusal import refuse
from actions.shop import the_shop
from actions.voice import Button, Voice
from actions.write_action import WriteAction
from bot.orders.done import Done
from bot.orders.lost_parcel import LostPreview, look_for_parcel, may_report_lost, perform_lost, preview_lost
from bot.orders.returns import Outcome
from bot.store.models import Order, Wish
from bot.wording.case_card import case_card, lost_rows
from bot.wording.next_steps import next_steps_text

JOB = "report_lost"


class ValidateLostForm(JobForm):
    job_name = JOB
    no_is_final = True

    def questions(self, slots: Mapping[str, Any]) -> list[str]:
        return ["lost_wish", "lost_confirmed"]

    async def check(self, order: Order, heard: Hearing, notes: Notes, voice: Voice) -> None:
        shop = the_shop()
        finding = look_for_parcel(order, shop.policy, shop.now())
        verdict = may_report_lost(order, shop.policy, shop.now(), await shop.orders.capabilities())
        if not verdict.allowed:
            refuse(JOB, verdict, order, notes, voice, steps=finding.next_steps)
        else:
            voice.say(f"utter_lost_{finding.situation.value}", number=order.number)

    async def hear(self, order: Order, heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
        answer = hear_confirmation(heard, asks, "lost_confirmed", notes)
        if answer is not None:
            if answer:
                notes["lost_confirmed"] = True
            else:
                self.decline(heard, notes, voice)
            return True
        wishes = [wish.value for wish in the_shop().policy.lost_parcel.wishes]
        early = asks in (None, "lost_confirmed") or job_of(heard.intent) == self.job
        wish = heard_choice(heard, "lost_wish", asks, wishes, voice.words, early=early)
        if wish:
            notes["lost_wish"] = wish
        return wish is not None


class AskLostWish(AskChoice):
    slot = "lost_wish"

    async def choices(self, order: Order, notes: Notes) -> list[str]:
        return [wish.value for wish in the_shop().policy.lost_parcel.wishes]


class AskLostConfirmed(AskConfirmed):
    job_name = JOB
    slot = "lost_confirmed"

    async def preview(self, order: Order, notes: Notes) -> LostPreview:
        shop = the_shop()
        return preview_lost(order, Wish(notes["lost_wish"]), shop.policy, shop.now())

    def show(self, preview: LostPreview, yes_no: list[Button], notes: Notes, voice: Voice) -> None:
        card = {
            "type": "confirm",
            "title": voice.words.text("confirm_title.lost_parcel"),
            "rows": [{"label": row["label"], "value": row["value"]} for row in lost_rows(preview, voice)],
        }
        outcome = voice.words.text(f"return_outcome.{preview.outcome.value}")
        voice.say(f"utter_ask_{self.slot}", buttons=yes_no, card=card, number=preview.number, outcome=outcome)


class ReportLost(WriteAction):
    action = "action_report_lost"
    job_name = JOB
    confirmed_slot = "lost_confirmed"

    async def perform(self, data: dict[str, Any], key: str) -> Done:
        shop = the_shop()
        return await perform_lost(shop.orders, LostPreview.from_slot(data), shop.policy, shop.now(), key=key)

    def tell(self, done: Done, data: dict[str, Any], notes: Notes, voice: Voice) -> None:
        preview, card = LostPreview.from_slot(data), None
        if done.case:
            card = case_card(done.case, lost_rows(preview, voice), voice)
        voice.say(
            "utter_lost_review" if preview.outcome is Outcome.review else "utter_lost_reported",
            card=card,
            number=done.order.number,
            case=done.case.number if done.case else "",
            next=next_steps_text(done.next_steps, voice),
        )
