"""The adapter for Medusa 2 over its Admin API."""

from __future__ import annotations

from pathlib import Path

from bot.store.config import StoreConfig
from bot.store.connection import Query
from bot.store.medusa import fields
from bot.store.medusa.address import address_changed, change_address
from bot.store.medusa.cancel import cancel, cancelled
from bot.store.medusa.cases import case_opened, open_case
from bot.store.medusa.catalogue import Catalogue, Shop
from bot.store.medusa.door import AdminApi
from bot.store.medusa.items import change_items, items_changed
from bot.store.medusa.look_up import find_id
from bot.store.medusa.notes import notes, try_key
from bot.store.medusa.options import Options, read_options
from bot.store.medusa.order_view import needs_claims, order_view
from bot.store.medusa.raw_order import RawOrders
from bot.store.models import Ability, Address, Case, CaseRequest, ItemChange, Order, Product, Proof
from bot.store.patience import Patience
from bot.store.wire import to_json
from bot.store.write_journal import WriteJournal


class MedusaStore:
    """``OrderApi``. Medusa keeps no keys: the journal does, and each write leaves its key in what it makes."""

    def __init__(
        self, url: str, key: str, state_dir: Path, options: Options | None = None, patience: Patience | None = None
    ) -> None:
        chosen = options or Options()
        self._api = AdminApi(url, key, patience)
        self._catalogue = Catalogue(self._api, chosen)
        self._shop = Shop(self._api, self._catalogue, chosen)
        self._journal = WriteJournal.in_state_dir(state_dir)

    async def capabilities(self) -> frozenset[Ability]:
        return frozenset(Ability)

    async def find_order(self, number: str, proof: Proof) -> Order:
        return await self.get_order(await find_id(self._api, number, proof))

    async def orders_of(self, customer_id: str, limit: int = 10) -> list[Order]:
        asked: Query = {"customer_id": customer_id, "limit": limit, "order": "-created_at", "fields": fields.ORDER}
        if not customer_id or limit < 1:
            return []
        orders = (await self._api.get("/admin/orders", RawOrders, asked)).orders
        with_claims = [raw.id for raw in orders if needs_claims(raw)]
        claims = await self._api.claims_of(with_claims) if with_claims else []
        return [order_view(raw, [claim for claim in claims if claim.order_id == raw.id]) for raw in orders]

    async def get_order(self, order_id: str) -> Order:
        return await self._api.view(await self._api.order(order_id))

    async def change_address(self, order_id: str, address: Address, *, key: str) -> Order:
        return await self._journal.once(
            key,
            order_id,
            f"address {to_json(address)}",
            Order,
            look=lambda: address_changed(self._api, order_id, key),
            write=lambda: change_address(self._api, order_id, address, key),
        )

    async def cancel(self, order_id: str, reason: str, *, key: str) -> Order:
        return await self._journal.once(
            key,
            order_id,
            f"cancel {reason}",
            Order,
            look=lambda: cancelled(self._api, order_id, key),
            write=lambda: cancel(self._api, order_id, reason, key),
        )

    async def change_items(
        self, order_id: str, changes: list[ItemChange], *, payment_method_id: str | None = None, key: str
    ) -> Order:
        return await self._journal.once(
            key,
            order_id,
            f"items {to_json(changes)} {payment_method_id}",
            Order,
            look=lambda: items_changed(self._api, order_id, key),
            write=lambda: change_items(self._shop, order_id, changes, payment_method_id, key),
        )

    async def open_case(self, order_id: str, request: CaseRequest, *, key: str) -> Case:
        return await self._journal.once(
            key,
            order_id,
            f"case {to_json(request)}",
            Case,
            look=lambda: case_opened(self._api, order_id, key),
            write=lambda: open_case(self._shop, order_id, request, key),
        )

    async def product(self, product_id: str) -> Product:
        return await self._catalogue.product(product_id)

    async def find_products(self, query: str, limit: int = 5) -> list[Product]:
        return await self._catalogue.find(query, limit)

    async def list_products(self, limit: int = 100, offset: int = 0) -> list[Product]:
        return await self._catalogue.page(limit, offset)

    async def try_key(self) -> None:
        """See ``bot.store.notes.TriesTheKey``."""
        await try_key(self._shop)

    async def notes(self) -> list[str]:
        """See ``bot.store.notes.TellsAboutItself``."""
        return await notes(self._shop)

    async def close(self) -> None:
        self._journal.close()
        await self._api.close()


def open_medusa(config: StoreConfig) -> MedusaStore:
    """Raises ``StoreConfigError``."""
    return MedusaStore(config.url, config.key, config.state_dir, read_options(config))
