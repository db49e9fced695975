"""Cancel the whole order."""

from __future__ import annotations

from typing import Any

from pydantic import StrictStr

from bot.desk.orders.jobs.job import Counter, DeskJob, Shown, Told, Values, values_as
from bot.orders.cancel import CancelPreview, may_cancel, perform_cancel, preview_cancel
from bot.orders.done import Done
from bot.orders.verdict import Verdict
from bot.store.models import Order
from bot.wording.case_card import labelled
from bot.wording.next_steps import next_steps, next_steps_text
from bot.wording.tongue import Tongue


class _Values(Values):
    reason: StrictStr


class Cancel(DeskJob):
    name = "cancel"
    of_bot = "cancel_order"

    def verdict(self, order: Order, counter: Counter) -> Verdict:
        return may_cancel(order, counter.policy, counter.now, counter.abilities)

    async def form(self, order: Order, counter: Counter, tongue: Tongue) -> dict[str, Any]:
        reasons = counter.policy.cancel.reasons
        return {"reasons": [{"code": code, "label": tongue.words.label("cancel_reason", code)} for code in reasons]}

    async def preview(self, order: Order, values: dict[str, Any], counter: Counter) -> CancelPreview:
        return preview_cancel(order, values_as(_Values, values).reason, counter.policy, counter.now)

    async def perform(self, data: dict[str, Any], counter: Counter, key: str) -> Done:
        return await perform_cancel(counter.api, CancelPreview.from_slot(data), counter.policy, counter.now, key=key)

    def shown(self, data: dict[str, Any], tongue: Tongue) -> Shown:
        preview, words, formats = CancelPreview.from_slot(data), tongue.words, tongue.formats
        rows = [
            ("order", f"#{preview.number}"),
            ("items", formats.listed(preview.titles)),
            ("total", formats.money(preview.total)),
            ("reason", words.label("cancel_reason", preview.reason)),
            *(
                ("refund", words.text("refund_to", amount=formats.money(part.amount), method=part.method))
                for part in preview.refunds
            ),
        ]
        title = words.text("title.cancel", number=preview.number)
        return Shown(title, labelled(rows, tongue), next_steps=next_steps(preview.next_steps, tongue))

    def told(self, done: Done, data: dict[str, Any], counter: Counter, tongue: Tongue) -> Told:
        response = "utter_cancelled"
        steps = next_steps_text(done.next_steps, tongue)
        return Told(response, tongue.say(response, number=done.order.number, next=steps))
