"""The requests to WooCommerce's REST API v3 that Ramah makes, one method each."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TypeVar

import httpx
from pydantic import BaseModel

from bot.store.answers import model_of
from bot.store.connection import Query, StoreConnection, already_begun
from bot.store.errors import NotFound
from bot.store.woocommerce.documents import (
    Categorised,
    Country,
    Currency,
    Fulfillment,
    Listed,
    Note,
    Variation,
    WooOrder,
    WooProduct,
    WooRefund,
)
from bot.store.woocommerce.order_states import is_order
from bot.store.woocommerce.refusals import answered, check, refunded

Item = TypeVar("Item")
Answer = TypeVar("Answer", bound=BaseModel)

API = "/wp-json/wc/v3"
MOST = 100  # per_page, at most
LONGEST_ID = 18  # digits; PHP's integers end there
Body = dict[str, object]


class WooRequests:
    """Reads raise ``NotFound`` and what ``StoreConnection`` does; an id that is no number is never found."""

    def __init__(self, connection: StoreConnection) -> None:
        self._connection = connection

    async def order(self, order_id: str) -> WooOrder:
        order = await self._get(f"/orders/{number_in_path(order_id)}", WooOrder)
        if not is_order(order):
            raise NotFound
        return order

    async def orders_like(self, number: str) -> list[WooOrder]:
        """Orders that hold the number's longest run of digits anywhere, the newest 100: whoever asks compares."""
        digits = max(re.findall(r"[0-9]+", unicodedata.normalize("NFKC", number)), key=len, default="")
        if not digits:  # no number of an order, and maybe something that must not stand in a URL
            return []
        query: Query = {"search": digits[:LONGEST_ID], "per_page": MOST}
        return [order for order in await self._page("/orders", Listed[WooOrder], query) if is_order(order)]

    async def orders_of(self, customer_id: int, limit: int) -> list[WooOrder]:
        """Newest first."""
        query: Query = {"customer": customer_id, "orderby": "date", "order": "desc"}
        orders = await self._pages("/orders", Listed[WooOrder], query, limit)
        return [order for order in orders if is_order(order) and order.customer_id == customer_id]

    async def refunds(self, order_id: int) -> list[WooRefund]:
        return await self._page(f"/orders/{order_id}/refunds", Listed[WooRefund], {"per_page": MOST})

    async def fulfillments(self, order_id: int) -> list[Fulfillment]:
        return await self._page(f"/orders/{order_id}/fulfillments", Listed[Fulfillment], {})

    async def staff_notes(self, order_id: int) -> list[Note]:
        return await self._page(f"/orders/{order_id}/notes", Listed[Note], {"type": "internal"})

    async def product(self, product_id: str) -> WooProduct:
        return await self._get(f"/products/{number_in_path(product_id)}", WooProduct)

    async def products(self, query: Query, limit: int, offset: int = 0) -> list[WooProduct]:
        """What sells best first, published ones only."""
        best: Query = {"status": "publish", "orderby": "popularity", "order": "desc", **query}
        return await self._pages("/products", Listed[WooProduct], best, limit, offset)

    async def variations(self, product_id: int) -> list[Variation]:
        query: Query = {"status": "publish", "orderby": "id", "order": "asc"}
        return await self._pages(f"/products/{product_id}/variations", Listed[Variation], query, limit=10 * MOST)

    async def categorised(self, product_ids: list[int]) -> list[Categorised]:
        """At most 100 products, with their categories only."""
        query: Query = {"include": ",".join(map(str, product_ids)), "per_page": MOST, "_fields": "id,categories"}
        return await self._page("/products", Listed[Categorised], query)

    async def currency(self) -> str:
        return (await self._get("/data/currencies/current", Currency)).code

    async def country(self, code: str) -> Country:
        return await self._get(f"/data/countries/{code.lower()}", Country)

    async def one_order_id(self) -> None:
        """The cheapest read of orders; it tells whether the key may read them."""
        await self._connection.read("GET", f"{API}/orders", check, query={"per_page": 1, "_fields": "id"})

    async def update_order(self, order_id: int, body: Body, key: str) -> WooOrder:
        """PUT: whoever writes last wins; there is no condition to send along."""
        path = f"{API}/orders/{order_id}"
        return await self._connection.write("PUT", path, answered(WooOrder), key=key, body=_json(body))

    async def add_staff_note(self, order_id: int, note: str, key: str) -> None:
        """A later step of a write. The shopper never sees it."""
        body = _json({"note": note, "customer_note": False})
        with already_begun(key):
            await self._connection.write("POST", f"{API}/orders/{order_id}/notes", answered(Note), key=key, body=body)

    async def refund(self, order_id: int, body: Body, key: str) -> None:
        """A later step of a write. Moves money if the body's ``api_refund`` is true, or missing!

        Raises ``RefundRefused`` where the store says that it has made none.
        """
        if "api_refund" not in body:
            raise ValueError("api_refund must be said: WooCommerce moves money without it")

        def parse(response: httpx.Response) -> WooRefund:
            refunded(response)
            return model_of(response, WooRefund)

        with already_begun(key):
            await self._connection.write("POST", f"{API}/orders/{order_id}/refunds", parse, key=key, body=_json(body))

    async def close(self) -> None:
        await self._connection.close()

    async def _get(self, path: str, model: type[Answer]) -> Answer:
        return await self._connection.read("GET", API + path, answered(model))

    async def _page(self, path: str, model: type[Listed[Item]], query: Query) -> list[Item]:
        return (await self._counted(path, model, query))[0]

    async def _counted(self, path: str, model: type[Listed[Item]], query: Query) -> tuple[list[Item], int | None]:
        """A page, and how many items there are in all, where the header says so."""

        def parse(response: httpx.Response) -> tuple[list[Item], int | None]:
            check(response)
            total = response.headers.get("x-wp-total", "")
            return model_of(response, model).__root__, int(total) if total.isdecimal() else None

        return await self._connection.read("GET", API + path, parse, query=query)

    async def _pages(
        self, path: str, model: type[Listed[Item]], query: Query, limit: int, offset: int = 0
    ) -> list[Item]:
        """The items from ``offset`` up to ``limit`` of them, from as many pages as that takes.

        A page may be shorter than asked for and not the last: WooCommerce leaves out what our key may not read.
        """
        found: list[Item] = []
        for start in range(0, limit, MOST):
            size = min(MOST, limit - start)
            page, total = await self._counted(path, model, {**query, "per_page": size, "offset": offset + start})
            found.extend(page)
            if len(page) < size if total is None else offset + start + size >= total:
                break
        return found


def number_in_path(given: str) -> str:
    """An id for a path. 0 is nobody's: what is no number is asked for all the same, and not found."""
    fits = given.isascii() and given.isdecimal() and len(given) <= LONGEST_ID
    return str(int(given)) if fits else "0"


def _json(body: Body) -> str:
    return json.dumps(body, ensure_ascii=False)
