"""A signed-in customer's orders, each with a button to track it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.after_job import finished
from actions.ask_order import order_button
from actions.notes import Notes
from actions.shop import the_shop
from actions.trouble import after_failure
from actions.turn import turn_of
from actions.voice import Voice, voice_of
from bot.orders.list_orders import OrderSummary, list_orders, summarise
from bot.store.errors import StoreError
from bot.store.models import Order

SHOWN = 6


class ListOrders(Action):
    def name(self) -> str:
        return "action_list_orders"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice, turn, shop = Notes(tracker.slots), voice_of(dispatcher, tracker), turn_of(tracker), the_shop()
        try:
            if turn.customer is not None:
                orders = await list_orders(shop.orders, turn.customer.id, shop.policy, shop.now(), SHOWN)
                _show(orders, voice)
            else:
                await _show_proved(notes, voice)
        except StoreError as error:
            return after_failure(error, "list_orders", notes)
        return finished(notes, voice)


def _show(orders: list[OrderSummary], voice: Voice) -> None:
    if not orders:
        return voice.say("utter_no_orders")
    lines = [
        voice.words.text(
            "order_line",
            number=order.number,
            state=voice.words.text(f"track_state.{order.state.value}"),
            total=voice.formats.money(order.total),
            items=voice.formats.listed(order.titles),
        )
        for order in orders
    ]
    buttons = [order_button(order, voice, "track_order") for order in orders]
    return voice.say("utter_orders", lines="\n".join(lines), count=len(orders), buttons=buttons)


async def _show_proved(notes: Notes, voice: Voice) -> None:
    """A guest sees the orders proved in this conversation, and hears how to see another."""
    shop = the_shop()
    orders: list[Order] = [await shop.orders.get_order(order_id) for order_id in notes["proved_orders"] or []]
    if not orders:
        return voice.say("utter_orders_need_sign_in")
    orders.sort(key=lambda order: str(order.placed_at), reverse=True)
    return _show(summarise(orders, shop.policy, shop.now()), voice)
