"""A question with a button for each answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.notes import Notes
from actions.order_in_hand import order_in_hand
from actions.trouble import after_failure
from actions.turn import turn_of
from actions.voice import payload, voice_of
from bot.store.errors import StoreError
from bot.store.models import Order


class AskChoice(Action, ABC):
    """Says ``utter_ask_<slot>``; the buttons' titles are the words of the group named like the slot."""

    slot: ClassVar[str]

    def name(self) -> str:
        return f"action_ask_{self.slot}"

    @abstractmethod
    async def choices(self, order: Order, notes: Notes) -> list[str]:
        """The codes to choose from."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        try:
            order = await order_in_hand(notes, turn_of(tracker))
            if order is None:
                raise RuntimeError(f"{self.slot} is asked without an order")
            codes = await self.choices(order, notes)
        except StoreError as error:
            return after_failure(error, str(notes["job"]), notes)
        buttons = [
            {"title": voice.words.label(self.slot, code), "payload": payload("choose", {self.slot: code})}
            for code in codes
        ]
        voice.say(f"utter_ask_{self.slot}", buttons=buttons, number=order.number)
        return []
