"""The adapter for the demo store's HTTP API."""

from __future__ import annotations

from urllib.parse import quote

import httpx
from pydantic import BaseModel

from bot.store.answers import Answer, check, model_of
from bot.store.config import StoreConfig, StoreConfigError
from bot.store.connection import Parse, StoreConnection
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
from bot.store.patience import Patience
from bot.store.wire import to_json


class _Abilities(BaseModel):
    abilities: list[Ability]


class _Orders(BaseModel):
    orders: list[Order]


class _Products(BaseModel):
    products: list[Product]


class _FindOrder(BaseModel):
    number: str
    proof: Proof


class _CancelOrder(BaseModel):
    reason: str


class _ChangeItems(BaseModel):
    changes: list[ItemChange]
    payment_method_id: str | None


class DemoStore:
    """``OrderApi`` over HTTP; how calls fail is ``StoreConnection``'s. The store itself keeps the keys of writes."""

    def __init__(self, base_url: str, key: str, patience: Patience | None = None) -> None:
        self._connection = StoreConnection(
            base_url, headers={"Authorization": f"Bearer {key}"}, patience=patience or Patience()
        )

    async def capabilities(self) -> frozenset[Ability]:
        return frozenset((await self._read("GET", "/v1/capabilities", _Abilities)).abilities)

    async def find_order(self, number: str, proof: Proof) -> Order:
        # POST, because a URL would end up in logs with the proof in it.
        return await self._read("POST", "/v1/orders/find", Order, body=_FindOrder(number=number, proof=proof))

    async def orders_of(self, customer_id: str, limit: int = 10) -> list[Order]:
        path = f"/v1/customers/{quote(customer_id, safe='')}/orders"
        return (await self._read("GET", path, _Orders, query={"limit": str(limit)})).orders

    async def get_order(self, order_id: str) -> Order:
        return await self._read("GET", _order_path(order_id), Order)

    async def change_address(self, order_id: str, address: Address, *, key: str) -> Order:
        return await self._write(f"{_order_path(order_id)}/address", address, Order, key)

    async def cancel(self, order_id: str, reason: str, *, key: str) -> Order:
        return await self._write(f"{_order_path(order_id)}/cancel", _CancelOrder(reason=reason), Order, key)

    async def change_items(
        self, order_id: str, changes: list[ItemChange], *, payment_method_id: str | None = None, key: str
    ) -> Order:
        body = _ChangeItems(changes=changes, payment_method_id=payment_method_id)
        return await self._write(f"{_order_path(order_id)}/items", body, Order, key)

    async def open_case(self, order_id: str, request: CaseRequest, *, key: str) -> Case:
        return await self._write(f"{_order_path(order_id)}/cases", request, Case, key)

    async def product(self, product_id: str) -> Product:
        return await self._read("GET", f"/v1/products/{quote(product_id, safe='')}", Product)

    async def find_products(self, query: str, limit: int = 5) -> list[Product]:
        asked = {"query": query, "limit": str(limit)}
        return (await self._read("GET", "/v1/products", _Products, query=asked)).products

    async def list_products(self, limit: int = 100, offset: int = 0) -> list[Product]:
        asked = {"limit": str(limit), "offset": str(offset)}
        return (await self._read("GET", "/v1/catalogue", _Products, query=asked)).products

    async def close(self) -> None:
        await self._connection.close()

    async def _read(
        self,
        method: str,
        path: str,
        model: type[Answer],
        body: BaseModel | None = None,
        query: dict[str, str] | None = None,
    ) -> Answer:
        sent = None if body is None else to_json(body)
        return await self._connection.read(method, path, _answer(model), body=sent, query=query)

    async def _write(self, path: str, body: BaseModel, model: type[Answer], key: str) -> Answer:
        headers = {"Idempotency-Key": key}
        return await self._connection.write("POST", path, _answer(model), key=key, body=to_json(body), headers=headers)


def _answer(model: type[Answer]) -> Parse[Answer]:
    def parse(response: httpx.Response) -> Answer:
        check(response)
        return model_of(response, model)

    return parse


def _order_path(order_id: str) -> str:
    return f"/v1/orders/{quote(order_id, safe='')}"


def open_demo(config: StoreConfig) -> DemoStore:
    """Raises ``StoreConfigError``."""
    if config.options:
        raise StoreConfigError("The demo store has no options.")
    return DemoStore(config.url, config.key)
