"""One look at an order a turn: all actions that answer one message see it alike, and the store is asked once.

A form is worked through by several actions, each of which needs the order. Real stores take a third of a second for it,
and count requests. What is written is checked against the store anew (``bot.orders``).
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from actions.turn import Turn
from bot.store.api import OrderApi
from bot.store.models import Order

KEPT = 10.0  # seconds; a turn that is begun anew after a crash looks again
MOST = 500  # turns of one process under way at the same time


class OrderLooks:
    """Of one process."""

    def __init__(self, orders: OrderApi, clock: Callable[[], float] = time.monotonic) -> None:
        self._orders = orders
        self._clock = clock
        self._seen: OrderedDict[tuple[str, str, str], tuple[float, Order]] = OrderedDict()

    async def order(self, order_id: str, turn: Turn) -> Order:
        """As the store had it when this turn first asked. Raises what ``OrderApi.get_order`` raises."""
        key = (turn.conversation_id, turn.turn_id, order_id)
        at, order = self._seen.get(key, (0.0, None))
        if order is not None and self._clock() < at + KEPT:
            return order
        order = await self._orders.get_order(order_id)
        if turn.turn_id:
            self._seen[key] = (self._clock(), order)
            self._seen.move_to_end(key)
            if len(self._seen) > MOST:
                self._seen.popitem(last=False)
        return order

    def forget(self, order_id: str, turn: Turn) -> None:
        """It is being written to: whoever asks next sees what became of it."""
        self._seen.pop((turn.conversation_id, turn.turn_id, order_id), None)
