"""The question which order, with a button for each."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.notes import Notes
from actions.order_step import choices_of
from actions.shop import the_shop
from actions.trouble import after_failure
from actions.turn import turn_of
from actions.voice import Button, Voice, voice_of
from bot.orders.list_orders import OrderSummary, summarise
from bot.store.errors import StoreError


class AskOrder(Action):
    def name(self) -> str:
        return "action_ask_order_id"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice, turn = Notes(tracker.slots), voice_of(dispatcher, tracker), turn_of(tracker)
        if turn.customer is None:
            voice.say("utter_ask_order_number")
            return []
        try:
            orders = await choices_of(turn.customer.id, notes)
        except StoreError as error:
            return after_failure(error, str(notes["job"]), notes)
        shop = the_shop()
        summaries = summarise(orders, shop.policy, shop.now())
        voice.say("utter_ask_order_id", buttons=[order_button(order, voice) for order in summaries])
        notes["offered"] = [order.order_id for order in summaries]
        return notes.events()


def order_button(order: OrderSummary, voice: Voice, intent: str = "choose") -> Button:
    return voice.button(
        "order",
        intent,
        entities={"order_id": order.order_id},
        number=order.number,
        title=order.titles[0] if order.titles else "",
        more=voice.words.text("more_items", count=len(order.titles) - 1) if len(order.titles) > 1 else "",
        state=voice.words.text(f"track_state.{order.state.value}"),
    )
