"""The same again: what was bought, in which size, what it costs today, whether it is there, and where to buy it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions.catalogue import the_words
from actions.hearing import Hearing
from actions.job_action import JobAction
from actions.job_form import JobForm
from actions.notes import Notes
from actions.order_in_hand import take
from actions.past_order import meant_among, own_orders
from actions.product_card import plain_options, price_text, products_card, stock_text
from actions.shop import the_shop
from actions.turn import Turn
from actions.voice import Voice
from bot.orders.options_asked import in_stock
from bot.orders.past_orders import PastOrder, kept_orders
from bot.orders.product_names import named
from bot.store.errors import NotFound
from bot.store.models import Line, Order, Product

SHOWN = 6  # things of one order


class ValidateReorderForm(JobForm):
    job_name = "reorder"

    def questions(self, slots: Mapping[str, Any]) -> list[str]:
        return []

    async def listen(self, heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
        """Of several orders with the same thing the newest is meant; without a word about it, the last one."""
        if asks is None and not heard.value("order_number") and not heard.value("order_id"):
            meant = _bought_before(heard, await own_orders(notes, heard.turn), bool(notes["order_id"]))
            if meant is not None:
                take(meant.order, notes)
        return await super().listen(heard, asks, notes, voice)

    async def hear(self, order: Order, heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
        lines = [] if heard.tapped else named(heard.text, order.lines, the_words())
        if not lines and the_words().says(heard.text, "size"):
            lines = [line for line in order.lines if _has_size(line)]
        if lines:
            notes["reorder_items"] = [line.id for line in lines]
        return bool(lines)


class Reorder(JobAction):
    action = "action_reorder"
    job_name = "reorder"

    async def do(self, order: Order, notes: Notes, voice: Voice, turn: Turn) -> None:
        wanted = notes["reorder_items"] or []
        lines = [line for line in order.lines if not wanted or line.id in wanted][:SHOWN]
        products = [await _product_of(line) for line in lines]
        when = voice.words.text("products.on_day", day=voice.formats.day_of(order.placed_at)) if order.placed_at else ""
        cards = [
            (product, plain_options(line.options)) for line, product in zip(lines, products, strict=True) if product
        ]
        card = products_card(cards, voice) if cards else None
        today = [_today(line, product, voice) for line, product in zip(lines, products, strict=True)]
        what = [_what(line, voice) for line in lines]
        if len(lines) == 1:
            voice.say("utter_reorder_item", card=card, what=what[0], when=when, number=order.number, today=today[0])
        else:
            both = zip(what, today, strict=True)
            texts = [voice.words.text("products.item_line", what=each, today=now) for each, now in both]
            listed = "\n".join(voice.words.text("products.listed_line", text=text) for text in texts)
            voice.say("utter_reorder_order", card=card, when=when, number=order.number, lines=listed)
        if any(product.url for product, _ in cards):
            voice.say("utter_reorder_link")
        if len(cards) == 1:
            notes["product_in_hand"] = cards[0][0].id
        notes.forget("reorder_items")


def _bought_before(heard: Hearing, orders: Sequence[Order], in_hand: bool) -> PastOrder | None:
    """What is meant: the newest of the orders with that thing; ``None`` where it can't be told without asking."""
    kept = kept_orders(orders) or list(orders)
    meant = meant_among(heard, kept, days_alone=True) or meant_among(heard, orders, days_alone=True)
    if meant:
        things = {frozenset(line.product_id for line in each.lines) for each in meant}
        return meant[0] if len(things) == 1 else None
    if in_hand or not kept:
        return None
    if the_words().says(heard.text, "size"):
        kept = [order for order in kept if any(_has_size(line) for line in order.lines)] or kept
    return PastOrder(kept[0])


def _has_size(line: Line) -> bool:
    return any(name.lower() in the_words().size_options for name in line.options)


async def _product_of(line: Line) -> Product | None:
    try:
        return await the_shop().orders.product(line.product_id)
    except NotFound:
        return None


def _what(line: Line, voice: Voice) -> str:
    options = voice.words.text("in_brackets", text=plain_options(line.options)) if line.options else ""
    return f"{line.title}{options}"


def _today(line: Line, product: Product | None, voice: Voice) -> str:
    """How it stands with that very size and colour."""
    if product is None:
        return voice.words.text("products.today.gone")
    there = in_stock(product.variants)
    variant = next((each for each in product.variants if each.id == line.variant_id), None)
    if variant in there and variant is not None:
        return voice.words.text("products.today.in_stock", price=price_text([variant], voice))
    if not there:
        return voice.words.text("products.today.sold_out")
    what = stock_text(product, there, voice)
    others = voice.words.text("products.others", what=what) if what else ""
    return voice.words.text("products.today.out" if variant else "products.today.changed", others=others)
