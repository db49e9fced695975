"""Tell the shopper where the order is. Nothing is written at the store."""

from __future__ import annotations

from typing import Any

from bot.desk.orders.jobs.job import Counter, DeskJob, Shown, Told, Values, values_as
from bot.orders.done import Done
from bot.orders.track import Tracking, track
from bot.orders.verdict import ALLOWED, JobData, Verdict
from bot.store.models import Order
from bot.wording.case_card import labelled
from bot.wording.next_steps import next_steps, next_steps_text
from bot.wording.order_card import order_card, parcel_news
from bot.wording.tongue import Tongue


class TrackPreview(JobData):
    order_id: str
    number: str
    tracking: Tracking


class Track(DeskJob):
    name = "track"
    of_bot = "track_order"

    def verdict(self, order: Order, counter: Counter) -> Verdict:
        return ALLOWED

    async def form(self, order: Order, counter: Counter, tongue: Tongue) -> dict[str, Any]:
        return {"card": order_card(order, track(order, counter.policy, counter.now), tongue)}

    async def preview(self, order: Order, values: dict[str, Any], counter: Counter) -> TrackPreview:
        values_as(Values, values)
        tracking = track(order, counter.policy, counter.now)
        return TrackPreview(order_id=order.id, number=order.number, tracking=tracking)

    async def perform(self, data: dict[str, Any], counter: Counter, key: str) -> Done:
        order = await counter.api.get_order(data["order_id"])
        return Done(order=order, next_steps=track(order, counter.policy, counter.now).next_steps)

    def shown(self, data: dict[str, Any], tongue: Tongue) -> Shown:
        tracking, words = TrackPreview.from_slot(data).tracking, tongue.words
        rows = [("state", words.text(f"track_state.{tracking.state.value}"))]
        if news := parcel_news(tracking, tongue):
            rows.append(("news", news))
        title = words.text("title.track", number=tracking.number)
        return Shown(title, labelled(rows, tongue), next_steps=next_steps(tracking.next_steps, tongue))

    def told(self, done: Done, data: dict[str, Any], counter: Counter, tongue: Tongue) -> Told:
        tracking, words = track(done.order, counter.policy, counter.now), tongue.words
        late = tracking.late_days > 0
        promised = ""
        if tracking.promised_on is not None and not late and tracking.delivered_on is None:
            promised = words.text("promised", day=tongue.formats.day(tracking.promised_on))
        response = f"utter_track_{tracking.state.value}"
        text = tongue.say(
            response,
            number=tracking.number,
            what=parcel_news(tracking, tongue),
            promised=promised,
            next=next_steps_text(tracking.next_steps, tongue),
        )
        if late:
            sorry = words.text("late", days=tracking.late_days)
            text = f"{tongue.say('utter_track_late', number=tracking.number, late=sorry)}\n{text}"
        return Told(response, text, order_card(done.order, tracking, tongue))
