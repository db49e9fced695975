"""A message that by itself asks nothing, after the bot asked which product, for whom, or showed some to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.as_if_said import as_if_said
from actions.catalogue import the_catalogue, the_words
from actions.choices import ordinal
from actions.hearing import Hearing, hearing_of, turns_since_slot
from actions.notes import Notes
from actions.recommend import ANYTHING, QUESTION, the_rules
from actions.trouble import after_failure
from actions.voice import Voice
from actions.which_product import LATELY, asked_lately
from bot.orders.recommend import read_wish
from bot.store.errors import StoreError

SHORT = 6  # words; a longer message that names a product out of the blue says something else about it


async def product_answered(tracker: Tracker, notes: Notes, voice: Voice) -> list[EventType] | None:
    """The events with which a question about products goes on; ``None``: the message is no answer to one."""
    if (tracker.active_loop or {}).get("name"):
        return None
    heard, asked = hearing_of(tracker), asked_lately(tracker, notes)
    offered, intent = _offered(tracker, notes, asked)
    place = ordinal(heard, voice.words)
    if place is not None and -len(offered) <= place < len(offered):
        return _goes_on(intent, "", [{"entity": "product_id", "value": offered[place]}], tracker)
    if _recommending(tracker, notes):
        return _wish_answered(heard, tracker)
    try:
        named = await _names_product(heard, asked, notes)
    except StoreError as error:  # who asked for no product is not bothered with it
        return after_failure(error, "product_question", notes) if asked else None
    return _goes_on(asked["intent"] if asked else "stock", heard.text, heard.entities, tracker) if named else None


async def _names_product(heard: Hearing, asked: Mapping[str, Any] | None, notes: Notes) -> bool:
    """Out of the blue only a short message that surely names one, and no more than that."""
    if asked is not None:
        return bool(heard.text and (await the_catalogue()).named_in(heard.text))
    alone = heard.words <= SHORT and not heard.value("order_number") and not notes["open_question"]
    return alone and bool(heard.text and (await the_catalogue()).surely_named_in(heard.text))


def answers_briefly(heard: Hearing, tracker: Tracker, notes: Notes) -> bool:
    """Whether a few words may answer "which product?", whatever question they look like by themselves."""
    return asked_lately(tracker, notes) is not None and heard.words <= SHORT


def _wish_answered(heard: Hearing, tracker: Tracker) -> list[EventType] | None:
    """ "For my mum", "something with coffee"; who says yes or does not know is shown what sells best."""
    wish = read_wish(heard.text, the_rules(), the_words())
    if wish.says_what or wish.person or heard.values("money"):
        return _goes_on("recommend", heard.text, heard.entities, tracker)
    if heard.intent in ("affirm", "dont_know"):
        return _goes_on("recommend", "", [{"entity": "for_whom", "value": ANYTHING}], tracker)
    return None


def _offered(tracker: Tracker, notes: Notes, asked: dict[str, Any] | None) -> tuple[list[str], str]:
    """The products just shown to choose from, and what is wanted of the chosen one."""
    if asked is not None:
        return list(asked["offered"]), str(asked["intent"])
    shown_lately = turns_since_slot(tracker, "products_offered") <= LATELY and not notes["open_question"]
    return list(notes["products_offered"] or []) if shown_lately else [], "stock"


def _recommending(tracker: Tracker, notes: Notes) -> bool:
    return notes["open_question"] == QUESTION and turns_since_slot(tracker, "open_question") <= LATELY


def _goes_on(intent: str, text: str, entities: Sequence[Mapping[str, Any]], tracker: Tracker) -> list[EventType]:
    return as_if_said({"intent": intent, "text": text, "entities": list(entities)}, tracker)
