"""Which earlier order, and which thing in it, a message means: "the shoes I bought last month", "order kemarin"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.orders.next_step import shop_day
from bot.orders.policy import Policy
from bot.orders.product_names import named
from bot.orders.product_words import ProductWords
from bot.orders.track_state import delivered_at
from bot.store.models import Line, Order, OrderState

NEAR_BEFORE, NEAR_AFTER = 3, 2  # words between "order", "bought" … and a day after it, or before it
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
    if not by_thing and not days_alone:
        days = [each for each in days if _of_an_order(text, each, words)]
    candidates = by_thing or found
    in_time = _in(candidates, days, policy)
    if in_time:
        candidates = in_time
    elif not by_thing and not words.says(text, "latest"):
        return []
    return candidates[:1] if words.says(text, "latest") and not in_time else candidates


def kept_orders(orders: Sequence[Order]) -> list[Order]:
    """Those of which something was kept, or is on its way."""
    return [each for each in orders if each.state not in (OrderState.cancelled, OrderState.returned)]


def _in(candidates: list[PastOrder], days: Sequence[Days], policy: Policy) -> list[PastOrder]:
    """Those placed on these days, else those delivered on them; one or two days off is nearer than nothing."""
    if not days:
        return []
    placed = [each for each in candidates if any(shop_day(policy, each.order.placed_at) in span for span in days)]
    return placed or [
        each for each in candidates if any(shop_day(policy, delivered_at(each.order)) in span for span in days)
    ]


def _of_an_order(text: str, days: Days, words: ProductWords) -> bool:
    """Whether "order", "bought" or the like stands near the day, in the same clause."""
    for start, end in words.spans(text, "bought"):
        before = end <= days.start
        between = text[end : days.start] if before else text[days.end : start]
        if not _STOP.search(between) and len(between.split()) <= (NEAR_BEFORE if before else NEAR_AFTER):
            return True
    return False


def _placed(order: Order) -> str:
    return order.placed_at.isoformat() if order.placed_at else ""
