"""A WooCommerce REST API v3 on this machine: the documented requests, refusals, paging and authentication.

Pages: https://woocommerce.github.io/woocommerce-rest-api-docs/ (Introduction: errors, pagination; Authentication:
over HTTPS, Basic) and the controllers of woocommerce/woocommerce for the codes of refusals. Unlike the real one it
takes Basic authentication over http, as no other machine can reach it.
"""

from __future__ import annotations

import asyncio
import base64
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from aiohttp import web

from tests.store.woocommerce.documents import COUNTRIES, Document
from tests.store.woocommerce.shop import RefundImpossible, Shop

KEY, SECRET = "ck_" + "1" * 40, "cs_" + "2" * 40
API = "/wp-json/wc/v3"
INVALID = "rest_invalid_param"


class Refused(Exception):
    """A ``WP_Error``."""

    def __init__(self, status: int, code: str, message: str = "", data: object = None) -> None:
        super().__init__(code)
        self.answer = web.json_response(
            {"code": code, "message": message or code, "data": data or {"status": status}}, status=status
        )


def invalid(*names: str) -> Refused:
    """As ``rest_validate_request_arg`` refuses: 400 with the parameters' names."""
    told = {name: "Invalid parameter." for name in names}
    data = {"status": 400, "params": told, "details": {}}
    return Refused(400, INVALID, f"Invalid parameter(s): {', '.join(names)}", data)


@dataclass
class WooServer:
    """Runs in a thread of its own. ``permissions`` of the key: "read" or "read_write"."""

    shop: Shop
    url: str = ""
    permissions: str = "read_write"
    asked: list[tuple[str, str, Document]] = field(default_factory=list)  # method, path with query, body
    stop: Callable[[], None] = lambda: None

    def writes(self) -> list[tuple[str, str, Document]]:
        return [each for each in self.asked if each[0] != "GET"]


def start_server(shop: Shop) -> WooServer:
    server = WooServer(shop)
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def run() -> None:
        app = web.Application(middlewares=[_as_wordpress(server)])
        app.add_routes(_routes(shop))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        server.url = f"http://127.0.0.1:{port}"
        ready.set()
        await ended.wait()
        await runner.cleanup()

    ended = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    ready.wait(10)

    def stop() -> None:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)
        loop.close()

    server.stop = stop
    return server


def _as_wordpress(server: WooServer):
    @web.middleware
    async def middleware(request: web.Request, handler) -> web.StreamResponse:
        body = await request.json() if request.can_read_body else {}
        server.asked.append((request.method, request.path_qs, body))
        try:
            _authenticate(server, request)
            return await handler(request)
        except Refused as refused:
            return refused.answer
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            message = "No route was found matching the URL and request method."
            return Refused(404, "rest_no_route", message).answer

    return middleware


def _authenticate(server: WooServer, request: web.Request) -> None:
    """As WC_REST_Authentication does: who is not known is nobody and may not view; a wrong secret is told."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if "consumer_key" in request.query:
        raise AssertionError("the key stands in the URL")
    key, _, secret = base64.b64decode(given).decode().partition(":") if scheme == "Basic" else ("", "", "")
    if key != KEY:
        raise Refused(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.")
    if secret != SECRET:
        raise Refused(401, "woocommerce_rest_authentication_error", "Consumer secret is invalid.")
    if request.method != "GET" and server.permissions == "read":
        message = "The API key provided does not have write permissions."
        raise Refused(401, "woocommerce_rest_authentication_error", message)


def _routes(shop: Shop) -> list[web.RouteDef]:
    async def orders(request: web.Request) -> web.Response:
        query = request.query
        statuses = query.get("status", "any").split(",")
        if not set(statuses) <= {"any", "trash", *shop.statuses}:
            raise invalid("status")
        customer = _integer(query, "customer")
        _one_of(query, "orderby", "date", "id", "include", "title", "slug", "modified")
        found = [order for order in shop.orders.values() if _listed(order, statuses)]
        if customer is not None:
            found = [order for order in found if order["customer_id"] == customer]
        if query.get("search"):
            found = [order for order in found if query["search"].casefold() in _searched(order)]
        newest = sorted(found, key=lambda order: (order["date_created_gmt"], order["id"]), reverse=True)
        return _page(request, newest)

    async def order(request: web.Request) -> web.Response:
        return web.json_response(_order(shop, request))

    async def update_order(request: web.Request) -> web.Response:
        found = shop.orders.get(int(request.match_info["id"]))
        if found is None:  # update_item says 400 where get_item says 404
            raise Refused(400, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")
        body = await request.json()
        if "status" in body and body["status"] not in shop.statuses:
            raise invalid("status")
        wrong = [name for name in ("shipping", "billing") if not isinstance(body.get(name, {}), dict)]
        if wrong:
            raise invalid(*wrong)
        shop.update(found, body)
        return web.json_response(found)

    async def notes(request: web.Request) -> web.Response:
        _one_of(request.query, "type", "any", "customer", "internal")
        wanted = {"customer": [True], "internal": [False]}.get(request.query.get("type", "any"), [True, False])
        kept = shop.notes[_order(shop, request)["id"]]
        return web.json_response([note for note in kept if note["customer_note"] in wanted])

    async def add_note(request: web.Request) -> web.Response:
        found = _order(shop, request)
        body = await request.json()
        if "note" not in body:
            raise Refused(400, "rest_missing_callback_param", data={"status": 400, "params": ["note"]})
        made = shop.add_note(found["id"], body["note"], for_customer=bool(body.get("customer_note", False)))
        return web.json_response(made, status=201)

    async def refunds(request: web.Request) -> web.Response:
        return _page(request, shop.refunds[_order(shop, request)["id"]])

    async def refund(request: web.Request) -> web.Response:
        found = _order(shop, request)
        try:
            made = shop.create_refund(found, await request.json())
        except RefundImpossible as reason:  # the controller gives 500 as data, without a status
            raise Refused(500, "woocommerce_rest_cannot_create_order_refund", str(reason), 500) from reason
        return web.json_response(made, status=201)

    async def fulfillments(request: web.Request) -> web.Response:
        if shop.fulfillments is None:
            raise web.HTTPNotFound
        return web.json_response(shop.fulfillments.get(_order(shop, request)["id"], []))

    async def products(request: web.Request) -> web.Response:
        query = request.query
        _one_of(query, "orderby", "date", "id", "include", "title", "slug", "price", "popularity", "rating")
        found = list(shop.products.values())
        if query.get("status", "any") != "any":
            found = [each for each in found if each["status"] == query["status"]]
        if query.get("include"):
            found = [each for each in found if str(each["id"]) in query["include"].split(",")]
        for word in query.get("search", "").casefold().split():
            found = [each for each in found if word in f"{each['name']} {each['description']}".casefold()]
        by = {"popularity": "total_sales"}.get(query.get("orderby", ""), "id")
        descending = query.get("order", "desc") == "desc"
        return _page(request, sorted(found, key=lambda each: (each[by], each["id"]), reverse=descending))

    async def product(request: web.Request) -> web.Response:
        return web.json_response(_product(shop, request))

    async def variations(request: web.Request) -> web.Response:
        return _page(request, shop.variations[_product(shop, request)["id"]])

    async def currency(_request: web.Request) -> web.Response:
        return web.json_response({"code": "MYR", "name": "Malaysian ringgit", "symbol": "&#82;&#77;"})

    async def country(request: web.Request) -> web.Response:
        found = COUNTRIES.get(request.match_info["code"].upper())
        if found is None:
            raise Refused(404, "woocommerce_rest_data_invalid_location")
        return web.json_response(found)

    return [
        web.get(f"{API}/orders", orders),
        web.get(API + r"/orders/{id:\d+}", order),
        web.put(API + r"/orders/{id:\d+}", update_order),
        web.get(API + r"/orders/{id:\d+}/notes", notes),
        web.post(API + r"/orders/{id:\d+}/notes", add_note),
        web.get(API + r"/orders/{id:\d+}/refunds", refunds),
        web.post(API + r"/orders/{id:\d+}/refunds", refund),
        web.get(API + r"/orders/{id:\d+}/fulfillments", fulfillments),
        web.get(f"{API}/products", products),
        web.get(API + r"/products/{id:\d+}", product),
        web.get(API + r"/products/{id:\d+}/variations", variations),
        web.get(f"{API}/data/currencies/current", currency),
        web.get(API + r"/data/countries/{code:[\w-]+}", country),
    ]


def _order(shop: Shop, request: web.Request) -> Document:
    found = shop.orders.get(int(request.match_info["id"]))
    if found is None:
        raise Refused(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")
    return found


def _product(shop: Shop, request: web.Request) -> Document:
    found = shop.products.get(int(request.match_info["id"]))
    if found is None:
        raise Refused(404, "woocommerce_rest_product_invalid_id", "Invalid ID.")
    return found


def _listed(order: Document, statuses: list[str]) -> bool:
    """ "any" leaves out the bin and the checkout's drafts."""
    return order["status"] in statuses or ("any" in statuses and order["status"] not in {"trash", "checkout-draft"})


def _searched(order: Document) -> str:
    """What the search looks into: addresses, email, items; plugins of numbers add theirs."""
    people = [*order["billing"].values(), *order["shipping"].values()]
    return " ".join([*people, *(line["name"] for line in order["line_items"]), order["number"]]).casefold()


def _page(request: web.Request, items: list[Document]) -> web.Response:
    """Introduction, "Pagination": X-WP-Total, X-WP-TotalPages, Link."""
    query = request.query
    size = _integer(query, "per_page", 10, most=100)
    page = _integer(query, "page", 1)
    offset = _integer(query, "offset")
    start = (page - 1) * size if offset is None else offset
    pages = -(-len(items) // size)
    shown = items[start : start + size]
    if "_fields" in query:
        wanted = query["_fields"].split(",")
        shown = [{name: item[name] for name in wanted if name in item} for item in shown]
    headers = {"X-WP-Total": str(len(items)), "X-WP-TotalPages": str(pages)}
    if page < pages:
        onward = urlencode({**query, "page": page + 1})
        headers["Link"] = f'<http://{request.host}{request.path}?{onward}>; rel="next"'
    return web.Response(text=json.dumps(shown), headers=headers, content_type="application/json")


def _integer(query, name: str, default: int | None = None, most: int | None = None):
    given = query.get(name)
    if given is None:
        return default
    if not given.isdecimal() or (most is not None and not 1 <= int(given) <= most):
        raise invalid(name)
    return int(given)


def _one_of(query, name: str, *known: str) -> None:
    if name in query and query[name] not in known:
        raise invalid(name)
