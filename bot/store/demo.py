"""The adapter for the demo store's HTTP API."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import quote

import httpx
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import OpenedState
from pydantic import BaseModel
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from bot.store.answers import Answer, Misunderstood, Nonsense, Passing, check, model_of
from bot.store.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    NotSupported,
    OutcomeUnknown,
    RateLimited,
    Unavailable,
)
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
from bot.store.wire import to_json

# The store is well when it refuses: none of these counts towards opening the circuit.
ANSWERS = [Conflict, Invalid, NotAllowed, NotFound, NotSupported, RateLimited, Misunderstood]
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.LocalProtocolError)


@dataclass(frozen=True)
class Patience:
    """How long and how often; all times in seconds."""

    connect: float = 1.0
    read: float = 4.0
    total: float = 5.0  # of one attempt
    read_attempts: int = 3
    first_pause: float = 0.2  # between attempts of a read, at most; doubles each time
    longest_pause: float = 1.0
    failures_to_open: int = 5  # in a row
    open_for: float = 10.0  # then one call is let through as a trial


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
    """``OrderApi`` over HTTP. Use one instance in one event loop, and close it.

    Reads are tried again after transport errors, 5xx and nonsense. Writes are sent once: a write that may have
    arrived and whose answer is missing, a 5xx or nonsense raises ``OutcomeUnknown``; the caller repeats it under
    the same key (``bot.store.settle``). After several failures in a row the circuit opens: calls fail at once.
    """

    def __init__(self, base_url: str, key: str, patience: Patience | None = None) -> None:
        self._base_url = base_url
        self._key = key
        self._patience = patience or Patience()
        self._client: httpx.AsyncClient | None = None
        self._breakers = AsyncCircuitBreakerFactory(
            default_threshold=self._patience.failures_to_open,
            default_ttl=self._patience.open_for,
            exclude=list(ANSWERS),
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
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _read(
        self,
        method: str,
        path: str,
        model: type[Answer],
        body: BaseModel | None = None,
        query: dict[str, str] | None = None,
    ) -> Answer:
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(Passing),
            stop=stop_after_attempt(self._patience.read_attempts),
            wait=wait_random_exponential(multiplier=self._patience.first_pause, max=self._patience.longest_pause),
            reraise=True,
        ):
            with attempt:
                return await self._read_once(method, path, model, body, query)
        raise AssertionError("tenacity gives at least one attempt")

    async def _read_once(
        self, method: str, path: str, model: type[Answer], body: BaseModel | None, query: dict[str, str] | None
    ) -> Answer:
        try:
            async with await self._breakers.get_breaker("store"):
                try:
                    response = await self._send(method, path, body, {}, query)
                    check(response)
                    return model_of(response, model)
                except (httpx.HTTPError, asyncio.TimeoutError, Nonsense) as failure:
                    raise Passing(_sentence(failure)) from failure
        except OpenedState as opened:
            raise Unavailable("the store failed several times in a row and is left alone for a while") from opened

    async def _write(self, path: str, body: BaseModel, model: type[Answer], key: str) -> Answer:
        try:
            async with await self._breakers.get_breaker("store"):
                try:
                    response = await self._send("POST", path, body, {"Idempotency-Key": key}, None)
                    check(response)
                    return model_of(response, model)
                except NEVER_SENT as failure:
                    raise Unavailable(_sentence(failure)) from failure
                except (httpx.HTTPError, asyncio.TimeoutError, Nonsense) as failure:
                    raise OutcomeUnknown(key) from failure
        except OpenedState as opened:
            raise Unavailable("the store failed several times in a row and is left alone for a while") from opened

    async def _send(
        self, method: str, path: str, body: BaseModel | None, headers: dict[str, str], query: dict[str, str] | None
    ) -> httpx.Response:
        sending = self._http().request(
            method,
            path,
            params=query,
            content=None if body is None else to_json(body),
            headers={"Content-Type": "application/json", **headers},
        )
        return await asyncio.wait_for(sending, self._patience.total)

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            patience = self._patience
            self._client = httpx.AsyncClient(
                base_url=self._base_url,
                headers={"Authorization": f"Bearer {self._key}"},
                timeout=httpx.Timeout(patience.read, connect=patience.connect),
                # Shorter than the store's own, so that no request meets a connection just being closed.
                limits=httpx.Limits(max_connections=50, keepalive_expiry=20),
                trust_env=False,
            )
        return self._client


def _order_path(order_id: str) -> str:
    return f"/v1/orders/{quote(order_id, safe='')}"


def _sentence(failure: BaseException) -> str:
    return f"the store does not answer properly ({type(failure).__name__})"
