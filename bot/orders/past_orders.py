"""Which earlier order, and which thing in it, a message means: "the shoes I bought last month", "order kemarin"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bot.orders.next_step import shop_day, today
from bot.orders.policy import Policy
from bot.orders.product_names import named
from bot.orders.product_words import ProductWords
from bot.orders.track_state import delivered_at
from bot.store.models import Line, Order, OrderState

NEAR = 4  # words that may stand between "order", "bought" … and a day after it
NEAR_BEHIND = {"bought": 2, "order": 1}  # and between a day and what stands after it
_STOP = re.compile(r"[,.;!?\n]")


@dataclass(frozen=True)
class Days:
    """Calendar days that a message speaks of, both ends included, and where it does."""

    first: date
    last: date
    start: int = 0
    end: int = 0

    @classmethod
    def parse(cls, value: str, start: int = 0, end: int = 0) -> Days | None:
        """An ISO day or interval of days ("2026-10-01/2026-10-31"); ``None`` for anything else."""
        first, _, last = value.partition("/")
        try:
            return cls(date.fromisoformat(first[:10]), date.fromisoformat((last or first)[:10]), start, end)
        except ValueError:
            return None

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True)
class PastOrder:
    """``lines``: what the message names in it; empty where it names the order only."""

    order: Order
    lines: tuple[Line, ...] = ()


def orders_meant(
    text: str,
    orders: Sequence[Order],
    words: ProductWords,
    policy: Policy,
    now: datetime,
    *,
    days: Sequence[Days] = (),
    days_alone: bool = False,
) -> list[PastOrder]:
    """The orders that fit what is said, newest first: one is meant, several are to be asked about, none says nothing.

    Args:
        days: that the message mentions; those to come are no help.
        days_alone: whether a day counts wherever it stands, as in an answer to "which order?".
    """
    newest_first = sorted(orders, key=_placed, reverse=True)
    found = [PastOrder(each, tuple(named(text, each.lines, words))) for each in newest_first]
    by_thing = [each for each in found if each.lines]
    about = [(each, _Event.either) for each in days]
    if not by_thing and not days_alone:
        this_day = today(policy, now)
        about = [(each, event) for each in days if (event := _event_of(text, each, words, this_day)) is not None]
    candidates = by_thing or found
    in_time = _in(candidates, about, policy)
    if in_time:
        candidates = in_time
    elif not by_thing and not words.says(text, "latest"):
        return []
    return candidates[:1] if words.says(text, "latest") and not in_time else candidates


def kept_orders(orders: Sequence[Order]) -> list[Order]:
    """Those of which something was kept, or is on its way."""
    return [each for each in orders if each.state not in (OrderState.cancelled, OrderState.returned)]


class _Event(Enum):
    """What happened to an order on a day that a message speaks of."""

    placed = "placed"
    delivered = "delivered"
    either = "either"  # placed; where none was placed then, delivered


def _in(candidates: list[PastOrder], about: Sequence[tuple[Days, _Event]], policy: Policy) -> list[PastOrder]:
    placed = [days for days, event in about if event is not _Event.delivered]
    delivered = [days for days, event in about if event is not _Event.placed]
    return [each for each in candidates if _any_holds(placed, shop_day(policy, each.order.placed_at))] or [
        each for each in candidates if _any_holds(delivered, shop_day(policy, delivered_at(each.order)))
    ]


def _any_holds(spans: Sequence[Days], day: date | None) -> bool:
    return any(day in span for span in spans)


def _event_of(text: str, days: Days, words: ProductWords, this_day: date) -> _Event | None:
    """What the words between a day and "order", "bought" or the like say of it; ``None``: the day is of something else.

    "Is my order coming this week" names no order: a day that is not over counts only beside "bought".
    """
    for about in ("bought", "order"):
        for start, end in words.spans(text, about):
            before = end <= days.start
            between = text[end : days.start] if before else text[days.end : start]
            if _STOP.search(between) or len(between.split()) > (NEAR if before else NEAR_BEHIND[about]):
                continue
            if about == "order" and days.last >= this_day:
                continue
            if words.says(between, "arrives"):
                return _Event.delivered
            return _Event.either if about == "order" else _Event.placed
    return None


def _placed(order: Order) -> str:
    return order.placed_at.isoformat() if order.placed_at else ""
