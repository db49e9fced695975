"""``OrderApi`` for a shop on Ecwid."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.store.connection import Query
from bot.store.ecwid.about_shop import LIMITS, unexplained
from bot.store.ecwid.budget import Budget
from bot.store.ecwid.documents import EcwidOrder, EcwidProduct, Orders, OrderStatuses, Products, Profile
from bot.store.ecwid.door import Door
from bot.store.ecwid.order_numbers import asked_ids, is_meant, is_order
from bot.store.ecwid.order_reading import order_of
from bot.store.ecwid.order_writes import OrderWrites, order_path
from bot.store.ecwid.product_reading import product_of
from bot.store.ecwid.shop_facts import PAGE, ShopFacts
from bot.store.errors import NotFound, NotSupported
from bot.store.models import Ability, Address, Case, CaseRequest, ItemChange, Order, OrderState, Product, Proof
from bot.store.patience import Patience
from bot.store.proof_match import fits
from bot.store.write_journal import WriteJournal

PER_MINUTE = 280  # requests of one process: two of them stay within Ecwid's 600 of a token
MOST_PAGES = 10  # of one customer's orders
# All but ``change_items``: an order's items can be overwritten, but then neither its taxes nor its total are worked out
# anew, and nobody charges or pays back the difference.
ABILITIES = frozenset(Ability) - {Ability.change_items}


class EcwidStore:
    """``base_url`` ends with the store id: "https://app.ecwid.com/api/v3/1003". How calls fail is
    ``StoreConnection``'s. ``custom``: what the shop's own fulfilment statuses mean."""

    def __init__(
        self,
        base_url: str,
        token: str,
        state_dir: Path,
        patience: Patience | None = None,
        *,
        custom: Mapping[str, OrderState] | None = None,
        per_minute: int = PER_MINUTE,
    ) -> None:
        self._door = Door(base_url, token, patience or Patience(), Budget(per_minute))
        self._facts = ShopFacts(self._door)
        self._custom = dict(custom or {})
        self._journal = WriteJournal.in_state_dir(state_dir)
        self._writes = OrderWrites(self._door, self._journal, self._read, self.product)

    async def capabilities(self) -> frozenset[Ability]:
        return ABILITIES

    async def try_key(self) -> None:
        """Raises ``Unavailable`` with what is wrong with the token."""
        await self._door.get("/profile", Profile)

    async def notes(self) -> list[str]:
        """Limits that a shop must know of, and statuses of its own that nobody explained."""
        statuses = await self._door.get("/profile/order_statuses", OrderStatuses)
        return [*LIMITS, *unexplained(statuses, self._custom)]

    async def find_order(self, number: str, proof: Proof) -> Order:
        asked = asked_ids(number)
        if not asked:
            raise NotFound
        facts = await self._facts.get()
        found = await self._door.get("/orders", Orders, {"ids": ",".join(asked), "limit": PAGE})
        meant = (order_of(raw, facts, self._custom) for raw in found.items if is_meant(raw, number))
        fitting = [order for order in meant if fits(order, proof)]
        if not fitting:
            raise NotFound
        return fitting[0]

    async def orders_of(self, customer_id: str, limit: int = 10) -> list[Order]:
        if not _is_number(customer_id):
            return []
        facts = await self._facts.get()
        theirs: list[EcwidOrder] = []
        for page in range(MOST_PAGES):  # Ecwid does not say in what order they come
            query: Query = {"customerId": customer_id, "offset": page * PAGE, "limit": PAGE}
            found = await self._door.get("/orders", Orders, query)
            theirs += [raw for raw in found.items if str(raw.customerId) == customer_id and is_order(raw)]
            if not found.items or found.offset + found.count >= found.total:
                break
        newest = sorted(theirs, key=lambda raw: (raw.createTimestamp, raw.id), reverse=True)
        return [order_of(raw, facts, self._custom) for raw in newest[:limit]]

    async def get_order(self, order_id: str) -> Order:
        return (await self._read(order_id))[1]

    async def change_address(self, order_id: str, address: Address, *, key: str) -> Order:
        return await self._writes.change_address(order_id, address, key)

    async def cancel(self, order_id: str, reason: str, *, key: str) -> Order:
        return await self._writes.cancel(order_id, reason, key)

    async def change_items(
        self, order_id: str, changes: list[ItemChange], *, payment_method_id: str | None = None, key: str
    ) -> Order:
        raise NotSupported

    async def open_case(self, order_id: str, request: CaseRequest, *, key: str) -> Case:
        return await self._writes.open_case(order_id, request, key)

    async def product(self, product_id: str) -> Product:
        if not _is_number(product_id):
            raise NotFound
        facts = await self._facts.get()
        return product_of(await self._door.get(f"/products/{product_id}", EcwidProduct), facts)

    async def find_products(self, query: str, limit: int = 5) -> list[Product]:
        """By whole words, and where these find nothing by their beginnings (the asterisk)."""
        words = " ".join(query.replace("*", " ").split())
        if not words:
            return []
        found = await self._products({"keyword": words}, limit, 0)
        return found or await self._products({"keyword": f"{words}*"}, limit, 0)

    async def list_products(self, limit: int = 100, offset: int = 0) -> list[Product]:
        """In the order that the shop's owner gave them: Ecwid's search does not know what sells best."""
        return await self._products({"sortBy": "DEFINED_BY_STORE_OWNER"}, limit, offset)

    async def close(self) -> None:
        await self._door.close()
        self._journal.close()

    async def _products(self, query: dict[str, str], limit: int, offset: int) -> list[Product]:
        facts = await self._facts.get()
        products: list[Product] = []
        while len(products) < limit:
            place = {"offset": offset + len(products), "limit": min(PAGE, limit - len(products))}
            found = await self._door.get("/products", Products, {**query, "enabled": "true", **place})
            products += [product_of(raw, facts) for raw in found.items]
            if not found.items or found.offset + found.count >= found.total:
                break
        return products

    async def _read(self, order_id: str) -> tuple[EcwidOrder, Order]:
        facts = await self._facts.get()
        raw = await self._door.get(order_path(order_id), EcwidOrder)
        if not is_order(raw):
            raise NotFound
        return raw, order_of(raw, facts, self._custom)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
