"""A platform under the adapter contract: a running store, its adapter, and orders to try things on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.store.api import OrderApi
from bot.store.models import Address, Order, Proof
from bot.store.patience import Patience
from tests.store.fault_proxy import IsWrite

# Attempts and order of things are as in earnest; pauses are short, only tests of slowness do not wait long, and an
# open circuit stays open however slow the machine is.
PATIENT = Patience(connect=5, read=10, total=15, first_pause=0.01, longest_pause=0.02, open_for=3600)

Known = tuple[str, Proof]  # an order's number as a shopper types it, and the buyer's email


@dataclass
class Platform:
    """One adapter with a store behind it. A new adapter joins the suite by giving one of these.

    Attributes:
        url: the running store's.
        connect: an adapter for the store at a URL (``url``, or the fault proxy's in its place) that keeps its state
            in a folder; two adapters of one folder know each other's keys.
        is_write: whether a request (method, path, body) changes something in the store.
        fresh: an order that no other test touches: "unshipped" (paid, not packed), "shipped" or "delivered".
        cancel_reason: a reason that the store takes.
        new_address: one that the store delivers to.
        products: how many the catalogue holds at least.
        refunds: whether a cancelled order shows its refund.
        hasty: seconds that a test of slowness waits for one answer; longer than the store usually takes.
        sold: pieces ordered by product id, where ``list_products`` promises the best sellers first.
    """

    name: str
    url: str
    connect: Callable[[str, Patience, Path], OrderApi]
    is_write: IsWrite
    fresh: Callable[[str], Awaitable[Known]]
    cancel_reason: str
    new_address: Address
    stop: Callable[[], None]
    products: int
    refunds: bool = True
    hasty: float = 1.0
    patience: Patience = PATIENT
    sold: Callable[[], dict[str, int]] | None = None
    _known: Known | None = None

    async def take(self, api: OrderApi, kind: str) -> Order:
        """An order no other test touches."""
        return await api.find_order(*await self.fresh(kind))

    async def known(self) -> Known:
        """A shipped order that tests only look at."""
        if self._known is None:
            self._known = await self.fresh("shipped")
        return self._known

    @property
    def in_haste(self) -> Patience:
        return replace(self.patience, read=self.hasty)


def taken_in_turn(orders: dict[str, list[Known]]) -> Callable[[str], Awaitable[Known]]:
    """``Platform.fresh`` of a store that was filled before: from each kind's list one after the other."""
    left = {kind: iter(known) for kind, known in orders.items()}

    async def fresh(kind: str) -> Known:
        return next(left[kind])

    return fresh
