"""The last question before a write: exactly what will happen, yes or no."""

from __future__ import annotations

import hashlib
import json
import re
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.hearing import Hearing
from actions.notes import Notes
from actions.order_in_hand import order_in_hand
from actions.refusal import refuse
from actions.trouble import after_failure
from actions.turn import turn_of
from actions.voice import Button, Voice, voice_of
from bot.orders.verdict import JobData, Refused
from bot.store.errors import StoreError
from bot.store.models import Order


class AskConfirmed(Action, ABC):
    """Shows the preview and keeps it: only what was shown is ever written."""

    job_name: ClassVar[str]
    slot: ClassVar[str]

    def name(self) -> str:
        return f"action_ask_{self.slot}"

    @abstractmethod
    async def preview(self, order: Order, notes: Notes) -> JobData:
        """Raises ``Refused`` for what the rules do not allow, ``StoreError`` when the store can't answer."""

    @abstractmethod
    def show(self, preview: Any, yes_no: list[Button], notes: Notes, voice: Voice) -> None:
        """Say ``utter_ask_<slot>`` with a card."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        try:
            order = await order_in_hand(notes, turn_of(tracker))
        except StoreError as error:
            return after_failure(error, self.job_name, notes)
        if order is None:
            raise RuntimeError("a form asks for a yes without an order")
        try:
            preview = await self.preview(order, notes)
        except Refused as no:
            refuse(self.job_name, no.verdict, order, notes, voice)
            return [*notes.events(), ActiveLoop(None)]
        except StoreError as error:
            return after_failure(error, self.job_name, notes)
        data = preview.to_slot()
        token = _token(self.job_name, data)
        notes["preview"] = {"job": self.job_name, "token": token, "data": data}
        self.show(preview, self._yes_no(token, voice), notes, voice)
        return notes.events()

    def _yes_no(self, token: str, voice: Voice) -> list[Button]:
        return [
            voice.button(f"confirm.{self.job_name}.yes", "affirm", entities={"confirming": token}),
            voice.button(f"confirm.{self.job_name}.no", "deny", entities={"confirming": token}),
        ]


def yes_or_no(heard: Hearing, voice: Voice) -> bool | None:
    """The answer to a plain question: by its first word ("no i wore it once"), else by intent."""
    first = re.split(r"\W+", heard.text.strip().lower(), maxsplit=1)[0]
    words = voice.words.group("heard.first_word")
    for answer in ("yes", "no"):
        if first in (words.get(answer) or []):
            return answer == "yes"
    return heard.intent == "affirm" if heard.intent in ("affirm", "deny") else None


def hear_confirmation(heard: Hearing, asks: str | None, slot: str, notes: Notes) -> bool | None:
    """The answer to the open yes-or-no question; ``None`` when it was not asked or not answered.

    A button that confirmed something else, further up, answers nothing.
    """
    if asks != slot or heard.intent not in ("affirm", "deny"):
        return None
    if heard.text.startswith("/"):
        return None  # looks like an intent: never a yes to a write
    if not heard.tapped and says_a_number(heard):
        return None  # "make it 2": says more than yes, and what was shown is no longer what is wanted
    token = heard.value("confirming")
    if heard.tapped and token != (notes["preview"] or {}).get("token"):
        return None
    return heard.intent == "affirm"


def says_a_number(heard: Hearing) -> bool:
    """Whether a typed answer holds a count or any other number."""
    return heard.value("quantity") is not None or any(letter.isdigit() for letter in heard.text)


def confirmed_preview(notes: Notes, job: str) -> dict[str, Any] | None:
    """What was shown for ``job``, as data."""
    kept = notes["preview"] or {}
    return kept.get("data") if kept.get("job") == job else None


def _token(job: str, data: dict[str, Any]) -> str:
    return hashlib.sha256(f"{job}:{json.dumps(data, sort_keys=True)}".encode()).hexdigest()[:16]
