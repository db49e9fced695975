"""A local server with the Admin API's one address: its token, its points, its errors in answers of status 200.

https://shopify.dev/docs/api/admin-graphql/2026-01 ("Authentication", "Status and error codes")
https://shopify.dev/docs/api/usage/rate-limits
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from aiohttp import web
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from tests.store.shopify.cost import MOST, requested_cost
from tests.store.shopify.resolvers import Queries
from tests.store.shopify.shop import TOKEN, Shop

PATH = "/admin/api/2026-01/graphql.json"


@lru_cache
def schema() -> GraphQLSchema:
    return build_schema((Path(__file__).parent / "schema.graphql").read_text())


@lru_cache
def understood(text: str) -> tuple[DocumentNode, tuple[GraphQLError, ...]]:
    document = parse(text)
    return document, tuple(validate(schema(), document))


class ShopifyServer:
    """Runs in a thread of its own; ``shop`` may be changed from the test."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self._queries = Queries(shop)
        self._filled_at = time.monotonic()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.url = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(timeout=20)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(timeout=20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=20)
        self._loop.close()

    async def _start(self) -> str:
        application = web.Application()
        application.router.add_post(PATH, self._answer)
        self._runner = web.AppRunner(application)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _answer(self, request: web.Request) -> web.Response:
        if request.headers.get("X-Shopify-Access-Token") != TOKEN:
            told = "[API] Invalid API key or access token (unrecognized login or wrong password)"
            return web.json_response({"errors": told}, status=401)
        asked = json.loads(await request.read())
        self.shop.seen.append(asked)
        return web.json_response(self._executed(asked["query"], asked.get("variables") or {}))

    def _executed(self, text: str, variables: dict[str, Any]) -> dict[str, Any]:
        document, mistakes = understood(text)
        if mistakes:
            return {"errors": [_error(each, "undefinedField") for each in mistakes]}
        cost = requested_cost(document, variables)
        if cost > MOST:
            told = GraphQLError(f"Query cost is {cost}, which exceeds the single query max cost limit ({MOST}).")
            return {"errors": [_error(told, "MAX_COST_EXCEEDED")]}
        self._refill()
        if cost > self.shop.available:
            return {"errors": [_error(GraphQLError("Throttled"), "THROTTLED")], "extensions": self._cost(cost, None)}
        self.shop.available -= cost / 10  # what it came to in the end
        (operation,) = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        root = self._queries.root(operation.operation.value)
        result = execute_sync(schema(), document, root_value=root, variable_values=variables)
        answer: dict[str, Any] = {"data": result.data, "extensions": self._cost(cost, cost // 10)}
        if result.errors:
            answer["errors"] = [_error(each, "INTERNAL_SERVER_ERROR") for each in result.errors]
        return answer

    def _refill(self) -> None:
        now = time.monotonic()
        shop = self.shop
        shop.available = min(shop.maximum, shop.available + (now - self._filled_at) * shop.restored)
        self._filled_at = now

    def _cost(self, requested: int, actual: int | None) -> dict[str, Any]:
        status = {
            "maximumAvailable": self.shop.maximum,
            "currentlyAvailable": int(self.shop.available),
            "restoreRate": self.shop.restored,
        }
        return {"cost": {"requestedQueryCost": requested, "actualQueryCost": actual, "throttleStatus": status}}


def _error(error: GraphQLError, code: str) -> dict[str, Any]:
    return {"message": error.message, "extensions": {"code": (error.extensions or {}).get("code", code)}}
