"""Which of a customer's orders a message speaks of: "the raincoat", "the late one", "the one out for delivery"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.hearing import Hearing
from actions.item_mention import said
from actions.shop import the_shop
from actions.voice import Voice
from bot.orders.list_orders import summarise
from bot.store.models import Order

SHORTEST = 3  # letters


def order_mentioned(heard: Hearing, orders: Sequence[Order], voice: Voice) -> Order | None:
    """The one order with most words in common with the message; None when there is none, or several."""
    if heard.tapped or not heard.text:
        return None
    spoken = set(re.findall(r"\w+", heard.text.lower()))
    shop = the_shop()
    hits: dict[str, int] = {}
    for order in summarise(list(orders), shop.policy, shop.now()):
        about = " ".join([*order.titles, voice.words.text(f"track_state.{order.state.value}")])
        words = {word for word in re.findall(r"\w+", about.lower()) if len(word) >= SHORTEST}
        late = order.late_days > 0 and bool(spoken & set(voice.words.group("heard").get("late") or []))
        hits[order.order_id] = sum(said(word, spoken) for word in words) + late
    most = max(hits.values(), default=0)
    best = [order for order in orders if most and hits.get(order.id) == most]
    return best[0] if len(best) == 1 else None
