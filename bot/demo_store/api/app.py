"""The store's HTTP API on Sanic. Every database call runs in a thread, so that none holds up the others."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from bot.demo_store import proof
from bot.demo_store.announcements import Announcer
from bot.demo_store.api import requests
from bot.demo_store.api.openapi import document
from bot.demo_store.api.problems import CONTENT_TYPE, BadRequest, problem, refusal
from bot.demo_store.books import Books
from bot.demo_store.database import for_writing, open_database
from bot.demo_store.idempotency import Answer, fingerprint, once
from bot.demo_store.ramah.parcel import MoveParcel
from bot.demo_store.ramah.shop import RamahShop
from bot.demo_store.shop import Shop
from bot.demo_store.tau.shop import TauShop
from bot.store.errors import NotFound, StoreError
from bot.store.models import Address, CaseRequest
from bot.store.wire import to_json

log = logging.getLogger(__name__)

WRITERS = 4
OPEN_TO_ALL = ("/health", "/openapi.json")
SHOPS: dict[str, Shop] = {"ramah": RamahShop(), "tau-retail": TauShop()}

Read = Callable[[Shop, Books], str]
Write = Callable[[Shop, Books, datetime], BaseModel]


def make_app(db: Path, key: str, events: EventsTo | None = None) -> Sanic:
    """The application over the store in ``db``, which must be filled; callers must hold ``key``.

    ``events``: who is told of changes.
    """
    app = Sanic("ramah_demo_store", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = 2 * requests.LARGEST_BODY
    app.config.KEEP_ALIVE_TIMEOUT = 75  # longer than clients keep idle connections, so that they hang up first
    app.config.ACCESS_LOG = False
    proof.warm_up()
    door = _Door(db)
    app.add_route(door.health, "/health")
    app.add_route(door.openapi, "/openapi.json")
    app.add_route(door.capabilities, "/v1/capabilities")
    app.add_route(door.find_order, "/v1/orders/find", methods=["POST"])
    app.add_route(door.orders_of, "/v1/customers/<customer_id:str>/orders", unquote=True)
    app.add_route(door.get_order, "/v1/orders/<order_id:str>", unquote=True)
    app.add_route(door.change_address, "/v1/orders/<order_id:str>/address", methods=["POST"], unquote=True)
    app.add_route(door.cancel, "/v1/orders/<order_id:str>/cancel", methods=["POST"], unquote=True)
    app.add_route(door.change_items, "/v1/orders/<order_id:str>/items", methods=["POST"], unquote=True)
    app.add_route(door.move_parcel, "/v1/orders/<order_id:str>/parcels", methods=["POST"], unquote=True)
    app.add_route(door.open_case, "/v1/orders/<order_id:str>/cases", methods=["POST"], unquote=True)
    app.add_route(door.find_products, "/v1/products")
    app.add_route(door.list_products, "/v1/catalogue")
    app.add_route(door.product, "/v1/products/<product_id:str>", unquote=True)

    if events is not None:
        _tell_of_changes(app, Announcer(door.engine, door.writing, events.url, events.secret))

    async def check_key(request: Request) -> HTTPResponse | None:
        if request.path in OPEN_TO_ALL or requests.is_authorised(request, key):
            return None
        return _response(problem(401, "unauthorised", "The header Authorization must hold the store's key."))

    app.register_middleware(check_key, "request")
    app.error_handler.add(StoreError, lambda _request, error: _response(refusal(error)))
    app.error_handler.add(BadRequest, lambda _request, error: _response(problem(400, "bad_request", str(error))))
    app.error_handler.add(SanicException, _framework_refusal)
    app.error_handler.add(OperationalError, _database_trouble)
    app.error_handler.add(Exception, _unexpected)
    return app


def _tell_of_changes(app: Sanic, announcer: Announcer) -> None:
    telling: list[asyncio.Task[None]] = []

    async def start(*_: Any) -> None:
        telling.append(asyncio.create_task(announcer.run()))

    async def stop(*_: Any) -> None:
        for task in telling:
            task.cancel()
        await asyncio.gather(*telling, return_exceptions=True)

    app.register_listener(start, "after_server_start")
    app.register_listener(stop, "before_server_stop")


class EventsTo(NamedTuple):
    """Where news of orders goes, and the secret that signs it."""

    url: str
    secret: str


class _Door:
    """One handler a path; each opens one transaction and asks the shop behind it."""

    def __init__(self, db: Path) -> None:
        self.engine = open_database(db)
        self.writing = for_writing(self.engine)
        # Threads of their own, so that writers waiting for the lock never keep readers waiting.
        self._writers = ThreadPoolExecutor(WRITERS, "writer")
        self._document = json.dumps(document())

    async def health(self, _request: Request) -> HTTPResponse:
        held = await asyncio.to_thread(self._in_transaction, lambda _shop, books: str(books.fact("format")))
        return _response(Answer(200, json.dumps({"status": "ok", "format": held})))

    async def openapi(self, _request: Request) -> HTTPResponse:
        return _response(Answer(200, self._document))

    async def capabilities(self, _request: Request) -> HTTPResponse:
        return await self._read(
            lambda shop, _books: json.dumps({"abilities": sorted(ability.value for ability in shop.abilities)})
        )

    async def find_order(self, request: Request) -> HTTPResponse:
        asked = requests.body_of(request, requests.FindOrder)

        def find(shop: Shop, books: Books) -> str:
            return to_json(shop.order(books, proof.find_order_id(books.connection, asked.number, asked.proof)))

        return await self._read(find)

    async def orders_of(self, request: Request, customer_id: str) -> HTTPResponse:
        limit = requests.limit_of(request, 10, requests.MOST_ORDERS)
        return await self._read(lambda shop, books: _listed("orders", shop.orders_of(books, customer_id, limit)))

    async def get_order(self, _request: Request, order_id: str) -> HTTPResponse:
        return await self._read(lambda shop, books: to_json(shop.order(books, order_id)))

    async def product(self, _request: Request, product_id: str) -> HTTPResponse:
        return await self._read(lambda shop, books: to_json(shop.product(books, product_id)))

    async def find_products(self, request: Request) -> HTTPResponse:
        query = str(request.args.get("query", ""))
        limit = requests.limit_of(request, 5, requests.MOST_PRODUCTS)
        return await self._read(lambda shop, books: _listed("products", shop.find_products(books, query, limit)))

    async def list_products(self, request: Request) -> HTTPResponse:
        limit = requests.limit_of(request, 100, requests.LARGEST_PAGE)
        offset = requests.offset_of(request)
        return await self._read(lambda shop, books: _listed("products", shop.list_products(books, limit, offset)))

    async def change_address(self, request: Request, order_id: str) -> HTTPResponse:
        asked = requests.body_of(request, Address)
        return await self._write(
            request, order_id, asked, lambda shop, books, now: shop.change_address(books, order_id, asked, now)
        )

    async def cancel(self, request: Request, order_id: str) -> HTTPResponse:
        asked = requests.body_of(request, requests.CancelOrder)
        return await self._write(
            request, order_id, asked, lambda shop, books, now: shop.cancel(books, order_id, asked.reason, now)
        )

    async def change_items(self, request: Request, order_id: str) -> HTTPResponse:
        asked = requests.body_of(request, requests.ChangeItems)
        return await self._write(
            request,
            order_id,
            asked,
            lambda shop, books, now: shop.change_items(books, order_id, asked.changes, asked.payment_method_id, now),
        )

    async def move_parcel(self, request: Request, order_id: str) -> HTTPResponse:
        asked = requests.body_of(request, MoveParcel)
        return await self._write(
            request, order_id, asked, lambda shop, books, now: shop.move_parcel(books, order_id, asked, now)
        )

    async def open_case(self, request: Request, order_id: str) -> HTTPResponse:
        asked = requests.body_of(request, CaseRequest)
        return await self._write(
            request, order_id, asked, lambda shop, books, now: shop.open_case(books, order_id, asked, now)
        )

    async def _read(self, read: Read) -> HTTPResponse:
        return _response(Answer(200, await asyncio.to_thread(self._in_transaction, read)))

    async def _write(self, request: Request, order_id: str, asked: BaseModel, write: Write) -> HTTPResponse:
        key = requests.key_of(request)
        job = str(request.path).rsplit("/", 1)[-1]
        print_of_it = fingerprint(job, order_id, json.loads(to_json(asked)))
        loop = asyncio.get_running_loop()
        return _response(await loop.run_in_executor(self._writers, self._once, key, print_of_it, write))

    def _in_transaction(self, read: Read) -> str:
        with self.engine.begin() as connection:
            books = Books(connection)
            return read(_shop(books), books)

    def _once(self, key: str, print_of_it: str, write: Write) -> Answer:
        now = datetime.now(timezone.utc)
        with self.writing.begin() as connection:
            return once(connection, key, print_of_it, lambda: _attempt(connection, write, now), now)


def _attempt(connection: Connection, write: Write, now: datetime) -> Answer:
    """The write's answer; a refusal leaves nothing of it behind but is an answer too."""
    books = Books(connection)
    try:
        with connection.begin_nested():
            return Answer(200, to_json(write(_shop(books), books, now)))
    except StoreError as error:
        return refusal(error)


def _shop(books: Books) -> Shop:
    return SHOPS[books.fact("format")]


def _listed(name: str, models: Sequence[BaseModel]) -> str:
    return f'{{"{name}": {to_json(models)}}}'


def _response(answer: Answer) -> HTTPResponse:
    content_type = "application/json" if answer.status < 400 else CONTENT_TYPE
    return HTTPResponse(answer.body, status=answer.status, content_type=content_type)


def _framework_refusal(_request: Request, error: SanicException) -> HTTPResponse:
    status = int(error.status_code or 500)
    if status >= 500:
        return _unexpected(_request, error)
    if status == 404:
        return _response(refusal(NotFound()))
    return _response(problem(status, "bad_request", f"{error}."))


def _database_trouble(_request: Request, error: OperationalError) -> HTTPResponse:
    """Locked for too long, disk full: the transaction was rolled back, and it may well work in a moment."""
    log.error("the database refused: %s", error.orig)
    return _response(problem(503, "unavailable", "The store's database does not take this now; nothing was written."))


def _unexpected(_request: Request, error: Exception) -> HTTPResponse:
    log.error("a request failed", exc_info=error)
    return _response(problem(500, "failed", "The store failed at this request; nothing was written."))
