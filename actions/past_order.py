"""Which of their earlier orders a shopper speaks of; for a guest among those proved in this conversation."""

from __future__ import annotations

from collections.abc import Sequence

from actions.catalogue import the_words
from actions.hearing import Hearing
from actions.notes import Notes
from actions.shop import the_shop
from actions.turn import Turn
from actions.voice import Voice
from bot.orders.past_orders import Days, PastOrder, orders_meant
from bot.store.errors import NotFound
from bot.store.models import Order

LOOKED_THROUGH = 20  # orders of a customer, the newest


async def own_orders(notes: Notes, turn: Turn) -> list[Order]:
    """All that this shopper may see, newest first. Raises ``StoreError`` when the store can't answer."""
    store = the_shop().orders
    if turn.customer is not None:
        return await store.orders_of(turn.customer.id, LOOKED_THROUGH)
    proved: list[Order] = []
    for order_id in notes["proved_orders"] or []:
        try:
            proved.append(await store.get_order(order_id))
        except NotFound:
            continue  # deleted in the meantime: nothing to speak of
    return sorted(proved, key=lambda order: order.placed_at.isoformat() if order.placed_at else "", reverse=True)


async def orders_spoken_of(heard: Hearing, notes: Notes, *, days_alone: bool = False) -> list[PastOrder]:
    """Those that fit what the message says about them, newest first; none when it says nothing.

    Args:
        days_alone: whether a day counts wherever it stands in the message.
    """
    if heard.tapped or not heard.text:
        return []
    orders = await own_orders(notes, heard.turn)
    return meant_among(heard, [each for each in orders if each.id != notes["passed_over"]], days_alone=days_alone)


def meant_among(heard: Hearing, orders: Sequence[Order], *, days_alone: bool = False) -> list[PastOrder]:
    shop = the_shop()
    return orders_meant(
        heard.text, orders, the_words(), shop.policy, shop.now(), days=days_in(heard), days_alone=days_alone
    )


def days_in(heard: Hearing) -> list[Days]:
    dates = [each for each in heard.entities if each["entity"] == "date"]
    found = [Days.parse(str(each["value"]), int(each.get("start") or 0), int(each.get("end") or 0)) for each in dates]
    return [each for each in found if each is not None]


def say_which(meant: PastOrder, voice: Voice) -> None:
    """Name the order that was taken without a question, so that a wrong guess is seen at once."""
    titles = list(dict.fromkeys(line.title for line in meant.lines or meant.order.lines))
    what = titles[0] if titles else ""
    if len(titles) > 1:
        what += voice.words.text("more_items", count=len(titles) - 1)
    day = voice.formats.day_of(meant.order.placed_at) if meant.order.placed_at else ""
    voice.say(
        "utter_this_order" if day else "utter_this_order_without_day", what=what, day=day, number=meant.order.number
    )
