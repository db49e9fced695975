"""The questions for a new address: the whole form, or the one field that is wrong or missing."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.address_card import address_card, field_label
from actions.address_hearing import wrong_field
from actions.notes import Notes
from actions.order_in_hand import order_in_hand
from actions.trouble import after_failure
from actions.turn import turn_of
from actions.voice import voice_of
from bot.store.errors import StoreError
from bot.store.models import Address

JOB = "change_address"


class AskNewAddress(Action):
    def name(self) -> str:
        return "action_ask_new_address"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        try:
            order = await order_in_hand(notes, turn_of(tracker))
        except StoreError as error:
            return after_failure(error, JOB, notes)
        if order is None:
            raise RuntimeError("a new address is asked for without an order")
        card = address_card(order.shipping_address, {}, voice)
        voice.say("utter_ask_new_address", card=card, number=order.number)
        return []


class AskAddressPart(Action):
    def name(self) -> str:
        return "action_ask_address_part"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        voice = voice_of(dispatcher, tracker)
        address = Address.parse_obj(tracker.get_slot("new_address"))
        errors = tracker.get_slot("address_draft")["errors"]
        field = str(wrong_field(address.country, errors))
        voice.say(
            "utter_ask_address_part",
            card=address_card(address, errors, voice),
            why=voice.words.text(f"address_problem.{errors[field]}", field=field_label(field, address.country, voice)),
        )
        return []
