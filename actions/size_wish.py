"""A size that is wished for without its name: one bigger, one smaller, or the one taken before."""

from __future__ import annotations

from actions.catalogue import the_words
from actions.hearing import Hearing
from actions.notes import Notes
from actions.past_order import own_orders
from actions.shop import the_shop
from actions.turn import Turn
from bot.orders.habits import last_size, size_of
from bot.orders.options_asked import size_beside
from bot.store.models import Line, Order

STEPS = {"bigger": 1, "smaller": -1}
BEFORE = "before"


def size_wish(heard: Hearing) -> str | None:
    """bigger, smaller or before."""
    words = the_words()
    return next((wish for wish in (*STEPS, BEFORE) if heard.text and words.says(heard.text, wish)), None)


async def wished_size(wish: str, order: Order, line: Line, notes: Notes, turn: Turn) -> str | None:
    """The size in place of a line's; ``None`` where the product has none, or nothing was bought before.

    Raises ``StoreError`` when the store can't answer.
    """
    words, product = the_words(), await the_shop().orders.product(line.product_id)
    if wish in STEPS:
        return size_beside(product, size_of(line, words), STEPS[wish], words)
    found = last_size(await own_orders(notes, turn), product, words, without=f"{order.id}/{line.id}")
    return found.size if found else None
