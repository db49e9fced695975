"""What an order job does at the end of its form."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.after_job import finished
from actions.jobs import JOBS
from actions.notes import Notes
from actions.order_in_hand import keep_snapshot, order_in_hand
from actions.trouble import after_failure, tried_with
from actions.turn import Turn, turn_of
from actions.voice import Voice, voice_of
from bot.store.errors import StoreError
from bot.store.models import Order


class JobAction(Action, ABC):
    """Does nothing when the form ended without anything to do; a store that fails ends with a person."""

    action: ClassVar[str]
    job_name: ClassVar[str]

    def name(self) -> str:
        return self.action

    @abstractmethod
    async def do(self, order: Order, notes: Notes, voice: Voice, turn: Turn) -> None:
        """Answer, or write what was confirmed. Raises ``StoreError`` when the store refuses or fails."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice, turn = Notes(tracker.slots), voice_of(dispatcher, tracker), turn_of(tracker)
        if notes["job_over"]:
            notes.forget(*JOBS[self.job_name].slots)  # declined or refused: the next one begins with nothing
            return finished(notes, voice)
        tried = tried_with(self.job_name, notes)
        try:
            order = await order_in_hand(notes, turn)
            if order is None:
                notes.forget("order_id", "order_number", "order_snapshot")
                voice.say("utter_order_not_found")
                return finished(notes, voice)
            keep_snapshot(order, notes)
            await self.do(order, notes, voice, turn)
        except StoreError as error:
            return after_failure(error, self.job_name, notes, tried)
        return finished(notes, voice)
