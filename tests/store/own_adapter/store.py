"""The adapter: ``platform = "tests.store.own_adapter.store:open_store"`` in ``ramah.toml``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import quote

from pydantic import BaseModel

from bot.store import postal_check
from bot.store.api import OrderApi
from bot.store.config import StoreConfig, StoreConfigError
from bot.store.connection import StoreConnection
from bot.store.errors import Invalid, NotFound, NotSupported
from bot.store.models import Ability, Address, Case, CaseKind, CaseRequest, ItemChange, Order, Product, Proof
from bot.store.patience import Patience
from bot.store.proof_match import fits, same_number
from bot.store.write_journal import WriteJournal
from tests.store.own_adapter.replies import many, one
from tests.store.own_adapter.shapes import RawOrder, RawProduct, case_of, order_of, product_of

Answer = TypeVar("Answer", bound=BaseModel)
ABILITIES = frozenset(
    {Ability.find_by_proof, Ability.tracking, Ability.change_address, Ability.cancel, Ability.return_, Ability.products}
)


def open_store(config: StoreConfig) -> OrderApi:
    if config.options:
        raise StoreConfigError(f"The corner shop has no options, and not '{next(iter(config.options))}'.")
    if not config.key:
        raise StoreConfigError("The corner shop needs its token: name its variable in [store] key_env.")
    return CornerStore(config.url, config.key, WriteJournal.in_state_dir(config.state_dir))


class CornerStore:
    def __init__(self, url: str, token: str, journal: WriteJournal, patience: Patience | None = None) -> None:
        self._store = StoreConnection(url, headers={"Authorization": f"Token {token}"}, patience=patience)
        self._journal = journal

    async def capabilities(self) -> frozenset[Ability]:
        return ABILITIES

    async def find_order(self, number: str, proof: Proof) -> Order:
        # The search is loose and the proof is not asked for there: both are compared here, and no URL holds a proof.
        wanted = number.strip().lstrip("#")[:40]
        found = await self._store.read("GET", "/orders", many(RawOrder), query={"number": wanted})
        for raw in found:
            order = order_of(raw)
            if same_number(order.number, number) and fits(order, proof):
                return order
        raise NotFound

    async def orders_of(self, customer_id: str, limit: int = 10) -> list[Order]:
        return []  # the shop has no customer accounts

    async def get_order(self, order_id: str) -> Order:
        return order_of(await self._raw(order_id))

    async def change_address(self, order_id: str, address: Address, *, key: str) -> Order:
        postal_check.check(address)
        return await self._write(order_id, "address", {"address": address.dict()}, key, model=Order, result=_order_of)

    async def cancel(self, order_id: str, reason: str, *, key: str) -> Order:
        return await self._write(order_id, "cancel", {"reason": reason}, key, model=Order, result=_order_of)

    async def change_items(
        self, order_id: str, changes: list[ItemChange], *, payment_method_id: str | None = None, key: str
    ) -> Order:
        raise NotSupported

    async def open_case(self, order_id: str, request: CaseRequest, *, key: str) -> Case:
        if request.kind is not CaseKind.return_:
            raise NotSupported
        if not request.items:
            raise Invalid("items")
        items = [{"line": item.line_id, "pieces": item.quantity} for item in request.items]
        body = {"items": items, "reason": request.reason, "wish": request.wish}
        return await self._write(order_id, "returns", body, key, model=Case, result=_case_of)

    async def product(self, product_id: str) -> Product:
        return product_of(await self._store.read("GET", f"/products/{quote(product_id, safe='')}", one(RawProduct)))

    async def find_products(self, query: str, limit: int = 5) -> list[Product]:
        if not query.strip():
            return []
        found = await self._store.read("GET", "/products", many(RawProduct), query={"words": query, "limit": limit})
        return [product_of(raw) for raw in found]

    async def list_products(self, limit: int = 100, offset: int = 0) -> list[Product]:
        asked: dict[str, str | int | list[str]] = {"limit": limit, "offset": offset}
        found = await self._store.read("GET", "/products", many(RawProduct), query=asked)
        return [product_of(raw) for raw in found]

    async def close(self) -> None:
        self._journal.close()
        await self._store.close()

    async def notes(self) -> list[str]:
        return ["The corner shop refunds by hand: a cancelled order shows no refund."]

    async def _write(
        self,
        order_id: str,
        what: str,
        body: Mapping[str, object],
        key: str,
        *,
        model: type[Answer],
        result: Callable[[RawOrder, str], Answer | None],
    ) -> Answer:
        """Send it once for a key. The key travels as the store's "reference", by which ``look`` finds it again."""
        reference = hashlib.sha256(key.encode()).hexdigest()[:24]

        async def look() -> Answer | None:
            return result(await self._raw(order_id), reference)

        async def write() -> Answer:
            path, sent = f"{_path(order_id)}/{what}", json.dumps({**body, "reference": reference})
            raw = await self._store.write("POST", path, one(RawOrder), key=key, body=sent)
            done = result(raw, reference)
            assert done is not None, "the store answers with what it wrote"
            return done

        request = f"{what} {json.dumps(body, sort_keys=True)}"
        return await self._journal.once(key, order_id, request, model, look=look, write=write)

    async def _raw(self, order_id: str) -> RawOrder:
        return await self._store.read("GET", _path(order_id), one(RawOrder))


def _order_of(raw: RawOrder, reference: str) -> Order | None:
    """The order, if this reference changed it."""
    return order_of(raw) if reference in [note.reference for note in raw.history] else None


def _case_of(raw: RawOrder, reference: str) -> Case | None:
    return next((case_of(raw, each) for each in raw.returns if each.reference == reference), None)


def _path(order_id: str) -> str:
    return f"/orders/{quote(order_id, safe='')}"
