"""Which product a message is about: named, tapped, talked about just now, or to be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Tracker

from actions.catalogue import the_catalogue, the_words
from actions.hearing import Hearing, turns_since_slot
from actions.notes import Notes
from actions.order_in_hand import order_in_hand
from actions.past_order import own_orders
from actions.product_card import price_text
from actions.voice import Button, Voice, payload
from bot.orders.options_asked import in_stock, options_asked, variants_like
from bot.store.models import Product

QUESTION = "product"  # the open question
LATELY = 2  # turns: an answer to "which product?"
IN_HAND = 4  # turns in which "how much is it?" means what was just talked about
CHOICES = 4


async def products_meant(heard: Hearing, tracker: Tracker, notes: Notes) -> list[Product]:
    """The products that fit, best-selling first; none when the message names none and none was talked about.

    Raises ``StoreError`` when the store can't answer.
    """
    catalogue = await the_catalogue()
    if (tapped := heard.value("product_id")) is not None:
        return [each for each in catalogue.products if each.id == tapped]
    if meant := catalogue.named_in(heard.text):
        return meant
    ids: list[str] = []
    if (tracker.active_loop or {}).get("name") and (order := await order_in_hand(notes, heard.turn)) is not None:
        chosen = [item["id"] for item in notes["return_items"] or notes["problem_items"] or []]
        ids = [line.product_id for line in order.lines if not chosen or line.id in chosen]
    elif notes["product_in_hand"] and turns_since_slot(tracker, "product_in_hand") <= IN_HAND:
        ids = [notes["product_in_hand"]]
    return [each for each in catalogue.products if each.id in ids]


async def only_guessed(heard: Hearing) -> bool:
    """Whether the message shares no more than a word with what it seems to name: then it is asked about."""
    catalogue = await the_catalogue()
    return bool(heard.text and catalogue.named_in(heard.text) and not catalogue.surely_named_in(heard.text))


async def narrowed(products: Sequence[Product], text: str, heard: Hearing, notes: Notes) -> list[Product]:
    """Those that there are in the size or colour asked for, if any; what the shopper bought before first."""
    words = the_words()
    fitting: dict[str, int] = {}  # how much of what is asked for a product has
    for product in products:
        asked = options_asked(text, product, words)
        if asked.wanted and not asked.unknown and in_stock(variants_like(product, asked.wanted)):
            fitting[product.id] = len(asked.wanted)
    most = max(fitting.values(), default=0)
    left = [product for product in products if not fitting or fitting.get(product.id) == most]
    if len(left) > 1:
        bought = {line.product_id for order in await own_orders(notes, heard.turn) for line in order.lines}
        left.sort(key=lambda product: product.id not in bought)
    return left


def ask_product(products: Sequence[Product], intent: str, text: str, notes: Notes, voice: Voice) -> None:
    """Ask which of these, or which at all; what was asked about it is kept for the answer."""
    shown = products[:CHOICES]
    notes["open_question"] = QUESTION
    notes["product_asked"] = {"intent": intent, "text": text, "offered": [product.id for product in shown]}
    if not shown:
        voice.say("utter_ask_product")
        return
    voice.say("utter_ask_which_product", buttons=[_button(product, intent, voice) for product in shown])


def asked_lately(tracker: Tracker, notes: Notes) -> dict[str, Any] | None:
    """What was asked about a product when the bot wanted to know which, if that is still open."""
    still_open = notes["open_question"] == QUESTION and turns_since_slot(tracker, "product_asked") <= LATELY
    asked: dict[str, Any] | None = notes["product_asked"] if still_open else None
    return asked


def _button(product: Product, intent: str, voice: Voice) -> Button:
    there = in_stock(product.variants) or product.variants
    title = voice.words.text("products.button", title=product.title, price=price_text(there, voice))
    return {"title": title, "payload": payload(intent, {"product_id": product.id})}
