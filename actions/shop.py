"""What every action may use: the store, the shop's rules and articles, the settings. Opened when the server starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property

from actions.order_looks import OrderLooks
from bot.help_centre import library_of
from bot.knowledge.articles import Articles
from bot.orders.attempts import Attempts
from bot.orders.policy import Policy
from bot.settings import Settings
from bot.store.api import OrderApi


@dataclass(frozen=True)
class Shop:
    orders: OrderApi
    policy: Policy
    attempts: Attempts
    settings: Settings

    @cached_property
    def articles(self) -> Articles:
        return Articles(library_of(self.settings, self.policy))

    @cached_property
    def looks(self) -> OrderLooks:
        return OrderLooks(self.orders)

    def now(self) -> datetime:
        return datetime.now(timezone.utc)


_open: list[Shop] = []


def open_shop(shop: Shop) -> None:
    """Make ``shop`` the one that actions use, until ``close_shop``."""
    _open.append(shop)


async def close_shop() -> None:
    while _open:
        shop = _open.pop()
        shop.attempts.close()
        await shop.orders.close()


def the_shop() -> Shop:
    """Raises ``RuntimeError`` before the server opened the shop."""
    if not _open:
        raise RuntimeError("the action server has not opened the shop yet")
    return _open[-1]
