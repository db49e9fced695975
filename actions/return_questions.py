"""The questions of a return or a problem that have cards or choices."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.ask_choice import AskChoice
from actions.notes import Notes
from actions.order_in_hand import order_in_hand
from actions.return_slots import PROBLEM, RETURN, ReturnSlots
from actions.shop import the_shop
from actions.trouble import after_failure
from actions.turn import turn_of
from actions.voice import Voice, payload, voice_of
from bot.orders.policy import Fault
from bot.orders.return_rules import problem_reasons, return_reasons, wish_choices
from bot.orders.returnable import ReturnableItem, items_for, returnable_items
from bot.orders.wrong_item import problem_items
from bot.store.errors import StoreError
from bot.store.models import Order
from bot.wording.order_card import options_text


class AskItems(Action, ABC):
    slots: ClassVar[ReturnSlots]

    def name(self) -> str:
        return f"action_ask_{self.slots.items}"

    @abstractmethod
    def items(self, order: Order, reason: str) -> list[ReturnableItem]: ...

    def without_fault(self, order: Order) -> dict[str, str]:
        """By line, why it can't go back unless the shop is to blame."""
        return {}

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        try:
            order = await order_in_hand(notes, turn_of(tracker))
        except StoreError as error:
            return after_failure(error, str(notes["job"]), notes)
        if order is None:
            raise RuntimeError("items are asked for without an order")
        reason = str(notes[self.slots.reason] or "")
        own_wish = {} if reason else self.without_fault(order)
        items = [_shown(item, own_wish.get(item.line_id, ""), voice) for item in self.items(order, reason)]
        card = {"type": "item_picker", "items": items, "submit": payload("submit")}
        voice.say(f"utter_ask_{self.slots.items}", card=card, number=order.number)
        return []


def _shown(item: ReturnableItem, own_wish: str, voice: Voice) -> dict[str, Any]:
    """``own_wish``: why the shopper's own wish is no reason; the item can be picked all the same."""
    shown: dict[str, Any] = {
        "id": item.line_id,
        "title": item.title,
        "price": voice.formats.money(item.unit_price),
        "max": item.quantity,
    }
    notes = [options_text(item.options, voice)] if item.options else []
    if own_wish and not item.why_not:
        notes.append(voice.words.text("only_our_mistake", why=voice.words.label("item_why_not", own_wish)))
    if notes:
        shown["options"] = " · ".join(notes)
    if item.image:
        shown["image"] = item.image
    if item.why_not:
        shown["why_not"] = voice.words.label("item_why_not", item.why_not)
    return shown


class AskReturnItems(AskItems):
    slots = RETURN

    def items(self, order: Order, reason: str) -> list[ReturnableItem]:
        shop = the_shop()
        return returnable_items(order, shop.policy, shop.now(), reason)

    def without_fault(self, order: Order) -> dict[str, str]:
        shop = the_shop()
        rules = shop.policy.returns.reasons
        own = [reason for reason in return_reasons(shop.policy) if rules[reason].fault is Fault.customer]
        return {item.line_id: item.why_not for item in items_for(order, shop.policy, shop.now(), own) if own}


class AskProblemItems(AskItems):
    slots = PROBLEM

    def items(self, order: Order, reason: str) -> list[ReturnableItem]:
        shop = the_shop()
        return problem_items(order, shop.policy, shop.now(), reason)


class AskReturnReason(AskChoice):
    slot = RETURN.reason

    async def choices(self, order: Order, notes: Notes) -> list[str]:
        return return_reasons(the_shop().policy)


class AskProblemKind(AskChoice):
    slot = PROBLEM.reason

    async def choices(self, order: Order, notes: Notes) -> list[str]:
        return problem_reasons(the_shop().policy)


class AskReturnWish(AskChoice):
    slot = RETURN.wish
    slots = RETURN

    async def choices(self, order: Order, notes: Notes) -> list[str]:
        shop = the_shop()
        wishes = wish_choices(str(notes[self.slots.reason]), shop.policy, await shop.orders.capabilities())
        return [wish.value for wish in wishes if self.slots.variants or wish.value != "exchange"]


class AskProblemWish(AskReturnWish):
    slot = PROBLEM.wish
    slots = PROBLEM


class AskReturnConditions(Action):
    def name(self) -> str:
        return "action_ask_return_conditions"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        voice = voice_of(dispatcher, tracker)
        given = tracker.get_slot("conditions_given") or {}
        code = next(code for code in tracker.get_slot("conditions_open") if code not in given)
        buttons = [
            voice.button("condition_yes", "affirm", entities={"condition": code}),
            voice.button("condition_no", "deny", entities={"condition": code}),
        ]
        question = voice.words.label("condition", code)
        voice.say("utter_ask_return_conditions", buttons=buttons, question=question)
        return []


class AskReturnPhotos(Action):
    slot = RETURN.photos

    def name(self) -> str:
        return f"action_ask_{self.slot}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        voice: Voice = voice_of(dispatcher, tracker)
        voice.say(f"utter_ask_{self.slot}", card={"type": "photo_request", "hint": voice.words.text("photo_hint")})
        return []


class AskProblemPhotos(AskReturnPhotos):
    slot = PROBLEM.photos
