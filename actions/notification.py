"""A shopper wants to be told when a parcel moves, or not any more. The gateway keeps the wish and tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.hearing import hearing_of
from actions.job_action import JobAction
from actions.job_form import JobForm
from actions.notes import Notes
from actions.shop import the_shop
from actions.turn import Turn
from actions.voice import Button, Voice, voice_of
from bot.orders.movement import is_over, known_of
from bot.orders.track import Tracking, track
from bot.orders.track_state import TrackState
from bot.store.models import Order
from bot.wording.order_card import order_card

JOB = "ask_notification"
_STUCK = frozenset({TrackState.unpaid, TrackState.lost, TrackState.returned_to_sender})


class ValidateNotificationForm(JobForm):
    job_name = JOB

    def questions(self, slots: Mapping[str, Any]) -> list[str]:
        return []


class AskNotification(JobAction):
    action = "action_ask_notification"
    job_name = JOB

    async def do(self, order: Order, notes: Notes, voice: Voice, turn: Turn) -> None:
        if is_over(order):
            shop = the_shop()
            tracking = track(order, shop.policy, shop.now())
            state = voice.words.text(f"track_state.{tracking.state.value}")
            card = order_card(order, tracking, voice)
            return voice.say("utter_notification_over", card=card, number=order.number, state=state)
        if order.id in turn.watching:
            return voice.say("utter_notification_already", number=order.number)
        watch = {"type": "watch", "order_id": order.id, "number": order.number, "known": known_of(order)}
        return voice.say("utter_notification_on", card=watch, number=order.number)


class StopNotification(Action):
    """The order that a button names, else all of them."""

    def name(self) -> str:
        return "action_stop_notification"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        voice, heard = voice_of(dispatcher, tracker), hearing_of(tracker)
        named = heard.value("order_id")
        stopped = {id_: number for id_, number in heard.turn.watching.items() if named in (None, id_)}
        if not stopped:
            voice.say("utter_notification_none")
            return []
        numbers = voice.formats.listed([f"#{number}" for number in stopped.values()])
        voice.say("utter_notification_off", card={"type": "unwatch", "order_ids": list(stopped)}, numbers=numbers)
        return []


def offer_to_tell(order: Order, tracking: Tracking, turn: Turn, voice: Voice) -> list[Button]:
    """The button by which the shopper asks for it; none when nothing will move, or they have asked."""
    if is_over(order) or tracking.state in _STUCK or order.id in turn.watching:
        return []
    return [voice.button("notify", JOB, entities={"order_id": order.id})]
