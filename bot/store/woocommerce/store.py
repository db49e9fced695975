"""The adapter for WooCommerce's REST API v3."""

from __future__ import annotations

from pathlib import Path

from bot.store.connection import StoreConnection
from bot.store.errors import NotFound, NotSupported
from bot.store.models import Ability, Address, Case, CaseRequest, ItemChange, Order, Product, Proof
from bot.store.patience import Patience
from bot.store.proof_match import fits, letters_and_digits, same_number
from bot.store.woocommerce.documents import WooOrder
from bot.store.woocommerce.options import Tracking, WooOptions
from bot.store.woocommerce.product_reader import ProductReader
from bot.store.woocommerce.reader import OrderReader
from bot.store.woocommerce.requests import WooRequests, number_in_path
from bot.store.woocommerce.shop_notes import notes_about
from bot.store.woocommerce.writer import OrderWriter
from bot.store.write_journal import WriteJournal

ABILITIES = frozenset(Ability) - {Ability.change_items, Ability.tracking}
NOBODY = "0"  # WooCommerce's customer id of every guest


class WooStore:
    """``OrderApi`` over WooCommerce; ``key``: consumer key and secret. Use one instance in one event loop."""

    def __init__(
        self,
        base_url: str,
        key: tuple[str, str],
        state_dir: Path,
        options: WooOptions | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._options = options or WooOptions()
        self._requests = WooRequests(StoreConnection(base_url, auth=key, patience=patience))
        self._journal = WriteJournal.in_state_dir(state_dir)
        self._orders = OrderReader(self._requests, self._options)
        self._products = ProductReader(self._requests)
        self._writer = OrderWriter(self._requests, self._orders, self._products, self._options, self._journal)

    async def capabilities(self) -> frozenset[Ability]:
        return ABILITIES | {Ability.tracking} if self._options.tracking is not Tracking.none else ABILITIES

    async def find_order(self, number: str, proof: Proof) -> Order:
        """By id first; plugins that give orders numbers of their own are found by the search."""
        asked = letters_and_digits(number)
        if not asked:
            raise NotFound
        try:
            candidates = [await self._requests.order(asked)]
        except NotFound:
            candidates = []
        found = self._proved(candidates, number, proof)
        if found is None:  # also when only the proof is wrong: both take the same requests
            found = self._proved(await self._requests.orders_like(number), number, proof)
        if found is None:
            raise NotFound
        return await self._orders.whole(found)

    async def orders_of(self, customer_id: str, limit: int = 10) -> list[Order]:
        customer = number_in_path(customer_id)
        if customer == NOBODY:  # else WooCommerce would list the orders of all guests
            return []
        return await self._orders.all_of(await self._requests.orders_of(int(customer), limit))

    async def get_order(self, order_id: str) -> Order:
        return await self._orders.whole(await self._requests.order(order_id))

    async def change_address(self, order_id: str, address: Address, *, key: str) -> Order:
        return await self._writer.change_address(order_id, address, key)

    async def cancel(self, order_id: str, reason: str, *, key: str) -> Order:
        return await self._writer.cancel(order_id, reason, key)

    async def change_items(
        self, order_id: str, changes: list[ItemChange], *, payment_method_id: str | None = None, key: str
    ) -> Order:
        """PUT could do it, but it neither charges nor refunds the difference, nor keeps discounts: a person must."""
        raise NotSupported

    async def open_case(self, order_id: str, request: CaseRequest, *, key: str) -> Case:
        return await self._writer.open_case(order_id, request, key)

    async def product(self, product_id: str) -> Product:
        return await self._products.one(product_id)

    async def find_products(self, query: str, limit: int = 5) -> list[Product]:
        return await self._products.found(query, limit)

    async def list_products(self, limit: int = 100, offset: int = 0) -> list[Product]:
        return await self._products.listed(limit, offset)

    async def notes(self) -> list[str]:
        """What the shop's engineer should know about this store."""
        return notes_about(self._options)

    async def try_key(self) -> None:
        """Raises ``Unavailable`` unless the key may read orders and the shop's data."""
        await self._requests.currency()
        await self._requests.one_order_id()

    async def close(self) -> None:
        await self._requests.close()
        self._journal.close()

    def _proved(self, orders: list[WooOrder], number: str, proof: Proof) -> WooOrder | None:
        return next(
            (order for order in orders if same_number(order.number, number) and fits(self._orders.plain(order), proof)),
            None,
        )
