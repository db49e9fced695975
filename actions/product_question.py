"""Is it there, in which sizes and colours, and what does it cost: answered from the store, as it is now."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.articles import Question, article_for, show_article
from actions.catalogue import the_words
from actions.hearing import Hearing, hearing_of
from actions.notes import Notes
from actions.past_order import own_orders
from actions.product_card import plain_options, price_text, products_card, stock_text
from actions.refusal import offer_person
from actions.shop import the_shop
from actions.trouble import after_failure
from actions.voice import Voice, voice_of
from actions.which_product import ask_product, asked_lately, narrowed, only_guessed, products_meant
from bot.orders.habits import last_size
from bot.orders.options_asked import Asked, in_stock, options_asked, size_option, variants_like
from bot.store.errors import NotFound, StoreError
from bot.store.models import Product, Variant

FEW = 3  # pieces: then it is said how many are left


class ProductQuestion(Action):
    def name(self) -> str:
        return "action_product_question"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        notes, voice, heard = Notes(tracker.slots), voice_of(dispatcher, tracker), hearing_of(tracker)
        try:
            await _answer(heard, tracker, notes, voice)
        except StoreError as error:
            return after_failure(error, "product_question", notes)
        return notes.events()


async def _answer(heard: Hearing, tracker: Tracker, notes: Notes, voice: Voice) -> None:
    asked_before = asked_lately(tracker, notes)
    if notes["open_question"] == "product":
        notes.forget("open_question", "product_asked")
    intent = asked_before["intent"] if asked_before else heard.intent
    text = f"{asked_before['text']}\n{heard.text}" if asked_before else heard.text
    products = await narrowed(await products_meant(heard, tracker, notes), text, heard, notes)
    if len(products) == 1 and (asked_before or not await only_guessed(heard)):
        product = await _as_it_is_now(products[0])
        notes["product_in_hand"] = product.id
        asked = await _asked(text, product, heard, notes, voice)
        if intent == "product_price":
            _say_price(product, asked, voice)
        else:
            _say_stock(product, asked, heard, voice)
        return
    asked_in_vain = asked_before is not None and not asked_before["offered"]
    in_general = not products and (asked_in_vain or the_words().says(text, "restock"))
    question = Question(heard.text, intent)
    article = await article_for(question, voice.language, strong=asked_in_vain) if in_general else None
    if article is not None:
        show_article(article, question, tracker, notes, voice)
    elif products or not asked_in_vain:
        ask_product(products, intent, text, notes, voice)
    else:
        voice.say("utter_product_not_found")
        offer_person(notes, voice)


async def _as_it_is_now(product: Product) -> Product:
    """Stock and price may have changed since the catalogue was read."""
    try:
        return await the_shop().orders.product(product.id)
    except NotFound:
        return product.copy(update={"variants": []})


async def _asked(text: str, product: Product, heard: Hearing, notes: Notes, voice: Voice) -> Asked:
    """What is asked for; "same size as before" is what the shopper's orders say."""
    asked, words = options_asked(text, product, the_words()), the_words()
    name = size_option(product, words)
    if asked or not name or not words.says(text, "before"):
        return asked
    found = last_size(await own_orders(notes, heard.turn), product, words)
    if found is None:
        voice.say("utter_size_before_unknown")
        return asked
    day = voice.formats.day_of(found.order.placed_at) if found.order.placed_at else f"#{found.order.number}"
    voice.say("utter_size_before", size=found.size, title=found.line.title, day=day)
    return Asked({name: (found.size,)})


def _say_price(product: Product, asked: Asked, voice: Voice) -> None:
    variants = variants_like(product, asked.wanted) if asked.wanted else list(product.variants)
    if not variants:
        return _say_missing(product, asked, voice)
    out = "" if in_stock(variants) else voice.words.text("products.out_now")
    card = products_card([(product, "")], voice)
    price = price_text(variants, voice)
    if asked.wanted:
        options = _wanted_text(asked, voice)
        return voice.say("utter_variant_price", card=card, title=product.title, options=options, price=price, stock=out)
    return voice.say("utter_product_price", card=card, title=product.title, price=price, stock=out)


def _say_stock(product: Product, asked: Asked, heard: Hearing, voice: Voice) -> None:
    there = in_stock(product.variants)
    card = products_card([(product, "")], voice)
    if not there:
        return voice.say("utter_product_sold_out", card=card if product.variants else None, title=product.title)
    if asked.unknown:
        return _say_missing(product, asked, voice)
    wanted = variants_like(product, asked.wanted)
    left = _left(in_stock(wanted), heard, voice)
    price = price_text(in_stock(wanted) or wanted, voice)
    if asked.wanted and in_stock(wanted):
        options = _wanted_text(asked, voice, in_stock(wanted))
        return voice.say(
            "utter_variant_in_stock", card=card, title=product.title, options=options, price=price, left=left
        )
    if asked.wanted:
        return voice.say(
            "utter_variant_out_of_stock",
            card=card,
            title=product.title,
            options=_wanted_text(asked, voice),
            others=_others(product, voice),
        )
    what = stock_text(product, there, voice)
    if what:
        return voice.say("utter_product_options_in_stock", card=card, title=product.title, price=price, what=what)
    return voice.say("utter_product_in_stock", card=card, title=product.title, price=price, left=left)


def _say_missing(product: Product, asked: Asked, voice: Voice) -> None:
    """It does not come in that size or colour, or not in that combination."""
    card = products_card([(product, "")], voice) if product.variants else None
    said = voice.formats.listed(asked.unknown) if asked.unknown else _wanted_text(asked, voice)
    voice.say("utter_variant_not_made", card=card, title=product.title, asked=said, others=_others(product, voice))


def _others(product: Product, voice: Voice) -> str:
    what = stock_text(product, in_stock(product.variants), voice)
    return voice.words.text("products.others", what=what) if what else ""


def _wanted_text(asked: Asked, voice: Voice, variants: list[Variant] | None = None) -> str:
    """ "navy, M"; of one variant all of it, so that "42" is heard as "black, 42"."""
    if variants and len(variants) == 1:
        return plain_options(variants[0].options)
    return ", ".join(voice.formats.listed(list(values)) for values in asked.wanted.values())


def _left(variants: list[Variant], heard: Hearing, voice: Voice) -> str:
    """How many there are, where that matters: few, or fewer than wanted; only of one variant, and if the store says."""
    if len(variants) != 1 or variants[0].stock is None:
        return ""
    stock, quantity = variants[0].stock, heard.value("quantity") or ""
    if quantity.isdigit() and int(quantity) > stock:
        return voice.words.text("products.not_enough", count=stock)
    if quantity.isdigit() and int(quantity) > 1:
        return voice.words.text("products.enough", count=quantity)
    return voice.words.text("products.left", count=stock) if stock <= FEW else ""
