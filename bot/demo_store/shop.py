"""What every kind of shop behind the API can be asked, inside one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.demo_store.books import Books
from bot.demo_store.ramah.parcel import MoveParcel
from bot.store.models import Ability, Address, Case, CaseRequest, ItemChange, Order, Product


class Shop(Protocol):
    """The rules of one format. Methods raise the errors of ``bot.store.errors`` before they write anything.

    ``now`` is the timezone-aware time of the request.
    """

    abilities: frozenset[Ability]

    def order(self, books: Books, order_id: str) -> Order: ...

    def orders_of(self, books: Books, customer_id: str, limit: int) -> list[Order]: ...

    def product(self, books: Books, product_id: str) -> Product: ...

    def find_products(self, books: Books, query: str, limit: int) -> list[Product]: ...

    def list_products(self, books: Books, limit: int, offset: int) -> list[Product]:
        """What sells best first; past the end none."""
        ...

    def change_address(self, books: Books, order_id: str, address: Address, now: datetime) -> Order: ...

    def cancel(self, books: Books, order_id: str, reason: str, now: datetime) -> Order: ...

    def change_items(
        self, books: Books, order_id: str, changes: list[ItemChange], payment_method_id: str | None, now: datetime
    ) -> Order: ...

    def move_parcel(self, books: Books, order_id: str, asked: MoveParcel, now: datetime) -> Order:
        """The courier has news; for the demo's own staff."""
        ...

    def open_case(self, books: Books, order_id: str, request: CaseRequest, now: datetime) -> Case: ...
