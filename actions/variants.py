"""What an item is exchanged for: another size or colour that is there."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.catalogue import the_words
from actions.hearing import Hearing
from actions.notes import Notes
from actions.order_in_hand import order_in_hand
from actions.refusal import offer_person
from actions.return_slots import RETURN, ReturnSlots
from actions.shop import the_shop
from actions.size_wish import size_wish, wished_size
from actions.trouble import after_failure
from actions.turn import turn_of
from actions.voice import Voice, payload, voice_of
from bot.orders.exchange import ExchangeChoice, exchange_choices
from bot.orders.options_asked import asks_for
from bot.store.errors import StoreError
from bot.store.models import Line, Order, Wish
from bot.wording.order_card import options_text

SHOWN = 8


async def hear_variant(order: Order, heard: Hearing, asks: str | None, slots: ReturnSlots, notes: Notes) -> bool:
    """Take the variant that was tapped or named; "one size bigger" is kept until it is known of what."""
    if slots.variants is None:
        return False
    wish = size_wish(heard)
    if wish is not None:
        notes["variant_wish"] = wish
        notes[slots.wish] = notes[slots.wish] or Wish.exchange.value
    line = open_line(order, slots, notes)
    if line is None or (asks != slots.variants and not notes["variant_wish"]):
        return wish is not None
    if asks != slots.variants and notes[slots.wish] != Wish.exchange.value:
        return wish is not None
    choices = await choices_for(line, slots, notes)
    chosen = _tapped_or_named(line, choices, heard) if asks == slots.variants else []
    if not chosen and notes["variant_wish"] and not heard.tapped:
        size = await wished_size(str(notes["variant_wish"]), order, line, notes, heard.turn)
        chosen = _nearest(line, [choice for choice in choices if size in choice.options.values()])
    if len(chosen) != 1:
        return wish is not None
    notes["variants_given"] = {**(notes["variants_given"] or {}), line.id: chosen[0].variant_id}
    return True


def _tapped_or_named(line: Line, choices: list[ExchangeChoice], heard: Hearing) -> list[ExchangeChoice]:
    tapped = heard.value("return_variant")
    if tapped is not None:
        return [choice for choice in choices if choice.variant_id == tapped]
    return _nearest(line, _named(heard.text, choices))


def open_line(order: Order, slots: ReturnSlots, notes: Notes) -> Line | None:
    """The first item that has no variant yet."""
    given = notes["variants_given"] or {}
    wanted = [item["id"] for item in notes[slots.items] or [] if item["id"] not in given]
    return next((line for line in order.lines if wanted and line.id == wanted[0]), None)


async def choices_for(line: Line, slots: ReturnSlots, notes: Notes) -> list[ExchangeChoice]:
    quantity = next(item["quantity"] for item in notes[slots.items] if item["id"] == line.id)
    return exchange_choices(await the_shop().orders.product(line.product_id), line, quantity)[:SHOWN]


def _named(text: str, choices: list[ExchangeChoice]) -> list[ExchangeChoice]:
    """Those whose options the text names most of."""
    spoken = set(re.findall(r"\w+", text.lower()))
    hits = [
        (sum(_names(text, spoken, name, value) for name, value in choice.options.items()), choice) for choice in choices
    ]
    most = max((count for count, _ in hits), default=0)
    return [choice for count, choice in hits if most and count == most]


def _names(text: str, spoken: set[str], option: str, value: str) -> bool:
    return set(re.findall(r"\w+", value.lower())) <= spoken or asks_for(text, option, value, the_words())


def _nearest(line: Line, choices: list[ExchangeChoice]) -> list[ExchangeChoice]:
    """ "size L" leaves the colour as it was bought."""
    alike = [sum(line.options.get(name) == value for name, value in choice.options.items()) for choice in choices]
    return [choice for choice, count in zip(choices, alike, strict=True) if count == max(alike)]


class AskReturnVariants(Action):
    def name(self) -> str:
        return "action_ask_return_variants"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        try:
            order = await order_in_hand(notes, turn_of(tracker))
            line = open_line(order, RETURN, notes) if order else None
            if line is None:
                raise RuntimeError("a variant is asked for without an item")
            choices = await choices_for(line, RETURN, notes)
        except StoreError as error:
            return after_failure(error, "request_return", notes)
        if not choices:
            notes.forget(RETURN.wish)
            voice.say("utter_nothing_to_exchange_for", title=line.title)
            offer_person(notes, voice)
            return notes.events()
        buttons = [
            {
                "title": _title(choice, voice),
                "payload": payload("choose", {"return_variant": choice.variant_id}),
            }
            for choice in choices
        ]
        voice.say("utter_ask_return_variants", buttons=buttons, title=line.title)
        return []


def _title(choice: ExchangeChoice, voice: Voice) -> str:
    options = options_text(choice.options, voice)
    if choice.difference is None or choice.difference.amount == 0:
        return options
    sign = "dearer" if choice.difference.amount > 0 else "cheaper"
    difference = choice.difference.copy(update={"amount": abs(choice.difference.amount)})
    return voice.words.text(f"variant_{sign}", options=options, difference=voice.formats.money(difference))
