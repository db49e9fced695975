"""A parcel that never came: a new one or the money."""

from __future__ import annotations

from typing import Any

from pydantic import StrictStr

from bot.desk.orders.jobs.job import Counter, DeskJob, Shown, Told, Values, values_as
from bot.orders.done import Done
from bot.orders.lost_parcel import LostPreview, look_for_parcel, may_report_lost, perform_lost, preview_lost
from bot.orders.returns import Outcome
from bot.orders.verdict import Verdict
from bot.store.models import Order, Wish
from bot.wording.case_card import case_card, labelled, lost_rows
from bot.wording.next_steps import next_steps, next_steps_text
from bot.wording.tongue import Tongue


class _Values(Values):
    wish: Wish
    note: StrictStr = StrictStr("")
    shipment_id: StrictStr | None = None


class Lost(DeskJob):
    name = "lost"
    of_bot = "report_lost"

    def verdict(self, order: Order, counter: Counter) -> Verdict:
        return may_report_lost(order, counter.policy, counter.now, counter.abilities)

    async def form(self, order: Order, counter: Counter, tongue: Tongue) -> dict[str, Any]:
        finding = look_for_parcel(order, counter.policy, counter.now)
        return {
            "wishes": [
                {"code": wish.value, "label": tongue.words.label("lost_wish", wish.value)}
                for wish in counter.policy.lost_parcel.wishes
            ],
            "situation": finding.situation.value,
            "shipment_id": finding.shipment_id,
            "note": True,
        }

    async def preview(self, order: Order, values: dict[str, Any], counter: Counter) -> LostPreview:
        wanted = values_as(_Values, values)
        return preview_lost(
            order,
            wanted.wish,
            counter.policy,
            counter.now,
            note=wanted.note.strip(),
            shipment_id=wanted.shipment_id,
        )

    async def perform(self, data: dict[str, Any], counter: Counter, key: str) -> Done:
        return await perform_lost(counter.api, LostPreview.from_slot(data), counter.policy, counter.now, key=key)

    def shown(self, data: dict[str, Any], tongue: Tongue) -> Shown:
        preview = LostPreview.from_slot(data)
        outcome = tongue.words.text(f"return_outcome.{preview.outcome.value}")
        rows = [*lost_rows(preview, tongue), *labelled([("outcome", outcome)], tongue)]
        title = tongue.words.text("title.lost", number=preview.number)
        return Shown(title, rows, next_steps=next_steps(preview.next_steps, tongue))

    def told(self, done: Done, data: dict[str, Any], counter: Counter, tongue: Tongue) -> Told:
        preview = LostPreview.from_slot(data)
        response = "utter_lost_review" if preview.outcome is Outcome.review else "utter_lost_reported"
        text = tongue.say(
            response,
            number=done.order.number,
            case=done.case.number if done.case else "",
            next=next_steps_text(done.next_steps, tongue),
        )
        return Told(response, text, case_card(done.case, lost_rows(preview, tongue), tongue) if done.case else None)
