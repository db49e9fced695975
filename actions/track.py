"""Track an order: where it is, what happens next, and help when it is late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.job_action import JobAction
from actions.job_form import JobForm
from actions.notes import Notes
from actions.notification import offer_to_tell
from actions.shop import the_shop
from actions.turn import Turn
from actions.voice import Button, Voice
from bot.orders.track import Tracking, track
from bot.store.models import Order
from bot.wording.next_steps import next_steps_text
from bot.wording.order_card import order_card


class ValidateTrackForm(JobForm):
    job_name = "track_order"

    def questions(self, slots: Mapping[str, Any]) -> list[str]:
        return []


class TrackOrder(JobAction):
    action = "action_track_order"
    job_name = "track_order"

    async def do(self, order: Order, notes: Notes, voice: Voice, turn: Turn) -> None:
        shop = the_shop()
        tracking = track(order, shop.policy, shop.now())
        if tracking.late_days > 0:
            voice.say("utter_track_late", number=order.number, late=voice.words.text("late", days=tracking.late_days))
        voice.say(
            f"utter_track_{tracking.state.value}",
            card=order_card(order, tracking, voice),
            number=order.number,
            what=_what(tracking, voice),
            promised=_promised(tracking, voice),
            next=next_steps_text(tracking.next_steps, voice),
            buttons=offer_to_tell(order, tracking, turn, voice),
        )
        if tracking.offer_help:
            notes["open_question"] = "person"
            voice.say("utter_offer_help_with_parcel", buttons=_help(order, voice))


def _promised(tracking: Tracking, voice: Voice) -> str:
    if tracking.promised_on is None or tracking.late_days > 0 or tracking.delivered_on is not None:
        return ""
    return voice.words.text("promised", day=voice.formats.day(tracking.promised_on))


def _what(tracking: Tracking, voice: Voice) -> str:
    """The carriers' latest news in one line a parcel."""
    lines = []
    for shipment in tracking.shipments:
        event = shipment.last_event
        if event is None:
            continue
        news = event.text or voice.words.text(f"shipment_state.{event.state.value}")
        place = voice.words.text("at_place", place=event.place) if event.place else ""
        lines.append(
            voice.words.text(
                "parcel_news", carrier=shipment.carrier, news=news, place=place, at=voice.formats.moment(event.at)
            )
        )
    return "\n".join(lines)


def _help(order: Order, voice: Voice) -> list[Button]:
    return [
        voice.button("report_lost", "report_lost", entities={"order_id": order.id}),
        voice.button("person", "talk_to_person"),
    ]
