"""``OrderApi``: all that Ramah needs of a store. One adapter a platform implements it."""

from __future__ import annotations

from typing import Protocol

from bot.store.models import (
    Ability,
    Address,
    Case,
    CaseRequest,
    ItemChange,
    Order,
    Product,
    Proof,
)


class OrderApi(Protocol):
    """A store's orders and products.

    Every method may raise ``Unavailable`` or ``RateLimited``; every write also ``NotFound``, ``NotAllowed``,
    ``NotSupported``, ``Conflict``, ``Invalid`` and ``OutcomeUnknown`` (all in ``bot.store.errors``).

    A write's ``key`` makes it idempotent: the same key with the same request answers with the first result and
    changes nothing more; the same key with another request raises ``Conflict``. After ``OutcomeUnknown`` the same
    call with the same key settles what happened.
    """

    async def capabilities(self) -> frozenset[Ability]:
        """What this platform can do at all; what it cannot goes to a person."""
        ...

    async def find_order(self, number: str, proof: Proof) -> Order:
        """The order of that number if the proof fits exactly, else ``NotFound``."""
        ...

    async def orders_of(self, customer_id: str, limit: int = 10) -> list[Order]:
        """A signed-in customer's orders, newest first; none is an empty list."""
        ...

    async def get_order(self, order_id: str) -> Order:
        """The order by the store's own id (``Order.id``), for a shopper who has proved it before."""
        ...

    async def change_address(self, order_id: str, address: Address, *, key: str) -> Order: ...

    async def cancel(self, order_id: str, reason: str, *, key: str) -> Order: ...

    async def change_items(
        self, order_id: str, changes: list[ItemChange], *, payment_method_id: str | None = None, key: str
    ) -> Order: ...

    async def open_case(self, order_id: str, request: CaseRequest, *, key: str) -> Case:
        """Ask for a return, an exchange, a replacement, or report a lost parcel or a missing item."""
        ...

    async def product(self, product_id: str) -> Product: ...

    async def find_products(self, query: str, limit: int = 5) -> list[Product]: ...

    async def list_products(self, limit: int = 100, offset: int = 0) -> list[Product]:
        """The catalogue, a page at a time: what sells best first, where the store knows; past its end an empty list."""
        ...

    async def close(self) -> None:
        """Release connections."""
        ...
