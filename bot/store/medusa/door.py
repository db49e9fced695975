"""Medusa's Admin API as the adapter uses it: what is asked, and what comes back as raw models."""

from __future__ import annotations

import json
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import BaseModel

from bot.store.connection import Query, StoreConnection
from bot.store.errors import NotFound
from bot.store.medusa import fields
from bot.store.medusa.answers import json_of, model_of, parsed
from bot.store.medusa.order_view import needs_claims, order_view
from bot.store.medusa.raw import Raw
from bot.store.medusa.raw_case import RawClaim, RawClaims
from bot.store.medusa.raw_order import RawOrder
from bot.store.models import Order
from bot.store.patience import Patience

Answer = TypeVar("Answer", bound=BaseModel)

LONGEST_ID = 200  # letters; a longer one is none of Medusa's, and servers dislike long addresses
PATIENCE = Patience(read=15.0, total=20.0)  # a write takes 0.5 to 3 s, on a busy machine more


class RawMade(Raw):
    id: str


class AdminApi:
    """Basic auth with the secret key as user name, as Medusa's documents say of API keys."""

    def __init__(self, url: str, key: str, patience: Patience | None) -> None:
        self._connection = StoreConnection(url.rstrip("/"), auth=(key, ""), patience=patience or PATIENCE)

    async def get(self, path: str, model: type[Answer], query: Query) -> Answer:
        return await self._connection.read("GET", path, model_of(model), query=query)

    async def get_under(self, path: str, model: type[Answer], name: str, wanted: str) -> Answer:
        """What stands under ``name`` in the answer; ``wanted`` are its fields."""
        return await self._connection.read("GET", path, parsed(model, name), query={"fields": wanted})

    async def post(self, path: str, body: dict[str, Any], *, key: str) -> dict[str, Any]:
        """A write whose answer is not of a kind we read further than its ids."""
        return await self._connection.write("POST", path, json_of, key=key, body=json.dumps(body))

    async def post_for_id(self, path: str, body: dict[str, Any], name: str, *, key: str) -> str:
        """A write that makes something; the id of what stands under ``name`` in the answer."""
        parse = parsed(RawMade, name)
        return (await self._connection.write("POST", path, parse, key=key, body=json.dumps(body))).id

    async def post_order(self, path: str, body: dict[str, Any], *, key: str) -> RawOrder:
        """A write that answers with the whole order."""
        return await self._connection.write(
            "POST", path, parsed(RawOrder, "order"), key=key, body=json.dumps(body), query={"fields": fields.ORDER}
        )

    async def delete(self, path: str, *, key: str) -> None:
        await self._connection.write("DELETE", path, json_of, key=key)

    async def order(self, order_id: str) -> RawOrder:
        """Raises ``NotFound``."""
        return await self.get_under(order_path(order_id), RawOrder, "order", fields.ORDER)

    async def claims_of(self, order_ids: list[str]) -> list[RawClaim]:
        query: Query = {"order_id[]": order_ids, "fields": fields.CLAIM, "limit": 100}
        return (await self.get("/admin/claims", RawClaims, query)).claims

    async def view(self, raw: RawOrder) -> Order:
        """The order with its claims, which take a read of their own where there are any."""
        return order_view(raw, await self.claims_of([raw.id]) if needs_claims(raw) else [])

    async def close(self) -> None:
        await self._connection.close()


def order_path(order_id: str) -> str:
    """Raises ``NotFound`` for what cannot be an id."""
    return f"/admin/orders/{quoted(order_id)}"


def quoted(some_id: str) -> str:
    """Raises ``NotFound`` for what cannot be an id."""
    if not some_id.strip(". ") or len(some_id) > LONGEST_ID or not some_id.isprintable():
        raise NotFound
    return quote(some_id, safe="")
