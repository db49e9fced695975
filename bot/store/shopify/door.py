"""Asking and telling: one GraphQL document with its variables is one request."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx

from bot.store.answers import Answer
from bot.store.connection import StoreConnection
from bot.store.patience import Patience
from bot.store.shopify.answers import data_of

VERSION = "2026-01"
PATH = f"/admin/api/{VERSION}/graphql.json"
Variables = dict[str, object]


class Door:
    """How calls fail is ``StoreConnection``'s."""

    def __init__(self, url: str, token: str, patience: Patience | None) -> None:
        self._connection = StoreConnection(url, headers={"X-Shopify-Access-Token": token}, patience=patience)

    async def ask(self, document: str, variables: Variables, model: type[Answer]) -> Answer:
        return await self._connection.read("POST", PATH, _answer(model), body=_body(document, variables))

    async def tell(
        self, document: str, variables: Variables, model: type[Answer], refuse: Callable[[Answer], None], *, key: str
    ) -> Answer:
        """A mutation. ``refuse`` raises for the answer's ``userErrors``."""

        def parse(response: httpx.Response) -> Answer:
            answer = data_of(response, model)
            refuse(answer)
            return answer

        return await self._connection.write("POST", PATH, parse, key=key, body=_body(document, variables))

    async def close(self) -> None:
        await self._connection.close()


def _answer(model: type[Answer]) -> Callable[[httpx.Response], Answer]:
    return lambda response: data_of(response, model)


def _body(document: str, variables: Variables) -> str:
    return json.dumps({"query": document.strip(), "variables": variables}, ensure_ascii=False)
