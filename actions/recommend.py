"""What to buy: three things in stock, by plain rules, each with the reason why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.catalogue import the_catalogue, the_words
from actions.hearing import Hearing, hearing_of, turns_since_slot
from actions.notes import Notes
from actions.past_order import own_orders
from actions.product_card import price_text, products_card
from actions.shop import the_shop
from actions.trouble import after_failure
from actions.voice import Button, Voice, payload, voice_of
from actions.which_product import IN_HAND, LATELY
from bot.orders.habits import habits_of
from bot.orders.recommend import RecommendRules, Suggestion, Wish, read_wish, recommend, recommend_rules
from bot.store.errors import StoreError
from bot.store.models import Product
from bot.store.money import Money

QUESTION = "recommend"  # the open question
ANYTHING = "anything"  # the button for what sells best


class Recommend(Action):
    def name(self) -> str:
        return "action_recommend"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice, heard = Notes(tracker.slots), voice_of(dispatcher, tracker), hearing_of(tracker)
        try:
            await _recommend(heard, tracker, notes, voice)
        except StoreError as error:
            return after_failure(error, "recommend", notes)
        return notes.events()


async def _recommend(heard: Hearing, tracker: Tracker, notes: Notes, voice: Voice) -> None:
    rules, words, products = the_rules(), the_words(), list((await the_catalogue()).products)
    habits = habits_of(await own_orders(notes, heard.turn), words, rules.sized)
    asked_already = notes["open_question"] == QUESTION and turns_since_slot(tracker, "open_question") <= LATELY
    if asked_already:
        notes.forget("open_question")
    wish = await _wish(heard, tracker, notes, rules)
    if not wish.says_what and not habits.categories and not asked_already and not heard.value("for_whom"):
        return _ask(rules, notes, voice)
    if found := recommend(products, wish, habits, rules, words):
        return _show("utter_recommend", found, notes, voice)
    nearest = recommend(products, replace(wish, limit=None), habits, rules, words, cheapest_first=True)
    if wish.limit is None or not nearest:
        return voice.say("utter_recommend_nothing")
    return _show("utter_recommend_none_below", nearest, notes, voice, limit=voice.formats.money(wish.limit))


async def _wish(heard: Hearing, tracker: Tracker, notes: Notes, rules: RecommendRules) -> Wish:
    words, text = the_words(), heard.text
    wish = read_wish(text, rules, words)
    person = heard.value("for_whom")
    like = None
    if words.says(text, "similar") or words.says(text, "cheaper"):
        like = await _like(text, tracker, notes)
    return replace(
        wish,
        person=(person if person in rules.people else None) or wish.person,
        limit=_limit(heard),
        like=like,
        cheaper=words.says(text, "cheaper"),
    )


async def _like(text: str, tracker: Tracker, notes: Notes) -> Product | None:
    """What it should be similar to: the one product that is named, else the one just talked about."""
    catalogue = await the_catalogue()
    named = catalogue.named_in(text)
    if len(named) == 1:
        return named[0]
    lately = turns_since_slot(tracker, "product_in_hand") <= IN_HAND
    in_hand = notes["product_in_hand"] if lately and not named else None
    return next((product for product in catalogue.products if product.id == in_hand), None)


def _limit(heard: Hearing) -> Money | None:
    """The most it may cost: the largest amount that is named."""
    amounts = [value.split() for value in heard.values("money")]
    limits = [Money(amount=Decimal(amount), currency=currency) for currency, amount in amounts]
    return max(limits, key=lambda money: money.amount, default=None)


def _ask(rules: RecommendRules, notes: Notes, voice: Voice) -> None:
    notes["open_question"] = QUESTION
    voice.say("utter_ask_recommend", buttons=[_button(name, voice) for name in (*rules.first, ANYTHING)])


def _button(name: str, voice: Voice) -> Button:
    title = voice.words.label("products.buttons", "best_sellers" if name == ANYTHING else name)
    return {"title": title, "payload": payload("recommend", {"for_whom": name})}


def _show(response: str, found: list[Suggestion], notes: Notes, voice: Voice, *, limit: str = "") -> None:
    notes["products_offered"] = [each.product.id for each in found]
    if len(found) == 1:
        notes["product_in_hand"] = found[0].product.id
    lines = [
        voice.words.text(
            "products.pick_line",
            title=each.product.title,
            price=price_text(each.variants, voice),
            why=voice.words.text("products.between_reasons").join(_why(each, voice)),
        )
        for each in found
    ]
    listed = "\n".join(voice.words.text("products.listed_line", text=line) for line in lines)
    card = products_card([(each.product, "") for each in found], voice)
    voice.say(response, card=card, lines=listed, limit=limit)


def _why(suggestion: Suggestion, voice: Voice) -> list[str]:
    return [
        voice.words.text(
            f"products.why.{code}",
            value=voice.words.label(f"products.{code}", value) if code in ("people", "taste") else value,
        )
        for code, value in suggestion.reasons
    ]


def the_rules() -> RecommendRules:
    return recommend_rules(the_shop().settings.recommend_file)
