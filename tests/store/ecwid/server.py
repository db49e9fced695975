"""A shop on Ecwid as its documents describe it, in memory: https://docs.ecwid.com/api-reference.

Whatever the documents do not name (a path, a method, a parameter, a field) is refused. Where they leave a choice, it
takes the one that is harder on a client: an ``ids`` search also finds by the beginning and the end of an id.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable
from copy import deepcopy

from aiohttp import web

from tests.store.ecwid import shop_data, update_rules
from tests.store.ecwid.parameters import Refused, body, flag, number, only, page
from tests.store.ecwid.shop_data import CATEGORIES, PROFILE, STATUSES, STORE_ID, Json

TOKEN = "secret_EZWiLeBXWsGg82XH3SfSFfdw418QNBBM"  # the documents' example
ROOT = f"/api/v3/{STORE_ID}"
SCOPES = {"read_orders", "update_orders", "read_catalog", "read_store_profile"}
SORTS = {
    *("RELEVANCE", "DEFINED_BY_STORE_OWNER", "ADDED_TIME_DESC", "ADDED_TIME_ASC", "NAME_ASC", "NAME_DESC"),
    *("PRICE_ASC", "PRICE_DESC", "UPDATED_TIME_ASC", "UPDATED_TIME_DESC"),
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class EcwidShop:
    """``per_minute``: requests until 429, None for no limit; ``cooldown``: the seconds of its Retry-After."""

    def __init__(self, products: int, per_minute: int | None = None, cooldown: int = 30) -> None:
        self.products = [shop_data.product(number) for number in range(products)]
        self.orders: dict[str, Json] = {}
        self.scopes = set(SCOPES)
        self.requests: list[tuple[str, str]] = []
        self.per_minute, self.cooldown = per_minute, cooldown
        self._times: deque[float] = deque()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._runner = web.AppRunner(self._app())
        port = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        self.url = f"http://127.0.0.1:{port}{ROOT}"

    def place(self, **given: object) -> Json:
        """A new order, with fields that are otherwise than usual."""

        async def placed() -> Json:  # in the shop's own thread: it may be searching its orders
            place = len(self.orders)
            things = [self.products[(place * 3 + step) % len(self.products)] for step in (0, 1)]
            made = shop_data.order(place, things, **given)
            self.orders[made["id"]] = made
            return made

        return asyncio.run_coroutine_threadsafe(placed(), self._loop).result(10)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _start(self) -> int:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return int(self._runner.addresses[0][1])

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._guarded])
        get, order = app.router.add_get, f"{ROOT}/orders/{{id}}"
        get(f"{ROOT}/profile", self._scoped("read_store_profile", self._profile), allow_head=False)
        get(f"{ROOT}/profile/order_statuses", self._scoped("read_store_profile", self._statuses), allow_head=False)
        get(f"{ROOT}/categories", self._scoped("read_catalog", self._categories), allow_head=False)
        get(f"{ROOT}/products", self._scoped("read_catalog", self._search_products), allow_head=False)
        get(f"{ROOT}/products/{{id}}", self._scoped("read_catalog", self._product), allow_head=False)
        get(f"{ROOT}/orders", self._scoped("read_orders", self._search_orders), allow_head=False)
        get(order, self._scoped("read_orders", self._order), allow_head=False)
        app.router.add_put(order, self._scoped("update_orders", self._update_order))
        app.router.add_post(f"{order}/extraFields", self._scoped("update_orders", self._add_extra_field))
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.requests.append((request.method, request.path_qs))
        try:
            self._check(request)
            return await handler(request)
        except Refused as refused:
            headers = {"Retry-After": str(self.cooldown)} if refused.status == 429 else None
            said = {"errorMessage": f"Refused: {refused.code}", "errorCode": refused.code}
            return web.json_response(said, status=refused.status, headers=headers)
        except web.HTTPMethodNotAllowed:
            return web.json_response({"errorCode": "METHOD_NOT_ALLOWED"}, status=405)

    def _check(self, request: web.Request) -> None:
        if not request.path.startswith(f"{ROOT}/"):
            raise Refused(404, "STORE_NOT_FOUND")
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise Refused(403, "INVALID_API_TOKEN")
        self._count()

    def _count(self) -> None:
        """ "600 requests per minute per token … error 429 and a Retry-After: N header"."""
        if self.per_minute is None:
            return
        now = time.monotonic()
        while self._times and self._times[0] < now - 60:
            self._times.popleft()
        if len(self._times) >= self.per_minute:
            raise Refused(429, "RATE_LIMITED")
        self._times.append(now)

    def _scoped(self, scope: str, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if scope not in self.scopes:
                raise Refused(403, "INSUFFICIENT_APP_SCOPE")
            return await handler(request)

        return guarded

    async def _profile(self, request: web.Request) -> web.Response:
        only(request)
        return web.json_response(PROFILE)

    async def _statuses(self, request: web.Request) -> web.Response:
        only(request)
        return web.json_response({"items": STATUSES})

    async def _categories(self, request: web.Request) -> web.Response:
        only(request, "offset", "limit", "hidden_categories", "parent", "keyword")
        hidden = flag(request, "hidden_categories")
        return page(request, [each for each in CATEGORIES if each["enabled"] or hidden])

    async def _search_products(self, request: web.Request) -> web.Response:
        only(request, "offset", "limit", "keyword", "enabled", "sortBy", "productId", "sku")
        if request.query.get("sortBy", "RELEVANCE") not in SORTS:
            raise Refused(400, "WRONG_PARAMETER")
        enabled = flag(request, "enabled")
        found = [each for each in self.products if enabled is None or each["enabled"] is enabled]
        if "keyword" in request.query:
            found = [each for each in found if _has_words(each, request.query["keyword"])]
        return page(request, found)

    async def _product(self, request: web.Request) -> web.Response:
        only(request)
        wanted = number(request.match_info["id"])
        found = next((each for each in self.products if each["id"] == wanted), None)
        if found is None:
            raise Refused(404, "PRODUCT_NOT_FOUND")
        return web.json_response(found)

    async def _search_orders(self, request: web.Request) -> web.Response:
        only(request, "offset", "limit", "ids", "customerId", "email", "keywords", "paymentStatus")
        found = [each for each in self.orders.values() if each["paymentStatus"] != "INCOMPLETE"]
        if "ids" in request.query:
            wanted = [text for text in request.query["ids"].split(",") if text]
            found = [each for each in found if any(_may_be_meant(each, text) for text in wanted)]
        if "customerId" in request.query:
            customer = number(request.query["customerId"])
            found = [each for each in found if each["customerId"] == customer]
        return page(request, found)

    async def _order(self, request: web.Request) -> web.Response:
        only(request)
        return web.json_response(self._found(request))

    async def _update_order(self, request: web.Request) -> web.Response:
        """Fields that are left out stay; the order in the list is the one that is changed."""
        order, sent = self._found(request), await body(request)
        if not update_rules.update_is_fine(sent):
            raise Refused(400, "WRONG_PARAMETER")
        if sent.get("paymentStatus") == "CANCELLED" and order["paymentStatus"] != "CANCELLED":
            self._restock(order)
        order.update(deepcopy(sent), updateTimestamp=int(time.time()))
        return web.json_response({"updateCount": 1})

    async def _add_extra_field(self, request: web.Request) -> web.Response:
        order, sent = self._found(request), await body(request)
        if not update_rules.extra_field_is_fine(sent, order["orderExtraFields"]):
            raise Refused(400, "WRONG_PARAMETER")
        order["orderExtraFields"].append(sent)
        order["extraFields"][sent["id"]] = sent["value"]
        return web.json_response({"createCount": 1})

    def _restock(self, order: Json) -> None:
        """ "Once you cancel an order … the purchased products are restocked"
        (https://support.ecwid.com/hc/en-us/articles/115005862165-Canceling-orders)."""
        for line in order["items"]:
            thing = next(each for each in self.products if each["id"] == line["productId"])
            thing["quantity"] += line["quantity"]

    def _found(self, request: web.Request) -> Json:
        wanted = request.match_info["id"]
        for order in self.orders.values():
            if wanted in {order["id"], str(order["internalId"])}:
                return order
        raise Refused(404, "ORDER_NOT_FOUND")


def _may_be_meant(order: Json, text: str) -> bool:
    return text == str(order["internalId"]) or order["id"].startswith(text) or order["id"].endswith(text)


def _has_words(product: Json, keyword: str) -> bool:
    """Whole words of name, description and SKU; beginnings of words when the last character is an asterisk."""
    words = f"{product['name']} {product['description']} {product['sku']}".casefold().replace("<", " ").split()
    asked = keyword.casefold().removesuffix("*").split()
    if keyword.endswith("*"):
        return all(any(word.startswith(each) for word in words) for each in asked)
    return set(asked) <= set(words)
