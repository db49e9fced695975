"""Products: by id, by words, and page by page with what sold most lately first."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass

from bot.store.connection import Query
from bot.store.errors import NotFound, Unavailable
from bot.store.medusa import fields
from bot.store.medusa.door import AdminApi, quoted
from bot.store.medusa.options import Options
from bot.store.medusa.product_view import product_view, variant_views
from bot.store.medusa.raw_product import RawProduct, RawProductPage, RawSold, RawStores
from bot.store.models import Product, Variant

PAGE = 100
PUBLISHED = "published"
MOST_FOUND = 50  # of a search's products that are looked at
LONGEST_QUERY = 200
KEPT = 60.0  # seconds that the order of the catalogue stands, so that its pages fit together


@dataclass(frozen=True)
class Shop:
    """What a write goes by."""

    api: AdminApi
    catalogue: Catalogue
    options: Options


class Catalogue:
    """Asks for the store's currency once; Medusa counts no sales, so the newest orders say what sells."""

    def __init__(self, api: AdminApi, options: Options) -> None:
        self._api = api
        self._options = options
        self._currency = options.currency.upper()
        self._ranked: list[Product] = []
        self._ranked_at = float("-inf")

    async def product(self, product_id: str) -> Product:
        """Raises ``NotFound``, also for what is not published."""
        return self._view(await self._raw(product_id), await self._home())

    async def variants_of(self, product_id: str, currency: str) -> list[Variant]:
        """In an order's currency; none for a product that left the catalogue."""
        try:
            return variant_views(await self._raw(product_id), currency)
        except NotFound:
            return []

    async def find(self, query: str, limit: int) -> list[Product]:
        """Products that Medusa finds for all of the words, those with the words in their title first."""
        words = re.findall(r"\w+", query.casefold()[:LONGEST_QUERY])
        if not words or limit < 1:
            return []
        asked: Query = {"q": " ".join(words), "limit": MOST_FOUND, "status[]": [PUBLISHED], "fields": fields.PRODUCT}
        found = (await self._api.get("/admin/products", RawProductPage, asked)).products
        ranked = sorted(found, key=lambda raw: sum(word not in raw.title.casefold() for word in words))
        home = await self._home()
        return [self._view(raw, home) for raw in ranked[:limit]]

    async def page(self, limit: int, offset: int) -> list[Product]:
        if offset == 0 or time.monotonic() > self._ranked_at + KEPT:
            products, sold = await self._all(), await self._sold()
            self._ranked = sorted(products, key=lambda product: -sold[product.id])
            self._ranked_at = time.monotonic()
        return self._ranked[offset : offset + limit]

    async def _raw(self, product_id: str) -> RawProduct:
        path = f"/admin/products/{quoted(product_id)}"
        raw = await self._api.get_under(path, RawProduct, "product", fields.PRODUCT)
        if raw.status != PUBLISHED:
            raise NotFound
        return raw

    async def _all(self) -> list[Product]:
        home, products = await self._home(), list[Product]()
        seen = 0
        while True:
            asked: Query = {
                "limit": PAGE,
                "offset": seen,
                "order": "created_at",
                "status[]": [PUBLISHED],
                "fields": fields.PRODUCT,
            }
            answer = await self._api.get("/admin/products", RawProductPage, asked)
            products += [self._view(raw, home) for raw in answer.products]
            seen += len(answer.products)
            if not answer.products or seen >= answer.count:
                return products

    async def _sold(self) -> Counter[str]:
        """Pieces by product in the newest orders."""
        pieces: Counter[str] = Counter()
        for offset in range(0, self._options.best_sellers_from, PAGE):
            limit = min(PAGE, self._options.best_sellers_from - offset)
            asked: Query = {"limit": limit, "offset": offset, "order": "-created_at", "fields": fields.SOLD}
            orders = (await self._api.get("/admin/orders", RawSold, asked)).orders
            for item in (item for order in orders for item in order.items):
                pieces[item.product_id or ""] += item.quantity
            if len(orders) < limit:
                break
        return pieces

    async def _home(self) -> str:
        """The currency of the catalogue, "MYR"."""
        if not self._currency:
            stores = (await self._api.get("/admin/stores", RawStores, {"fields": "id,*supported_currencies"})).stores
            currencies = [each for store in stores for each in store.supported_currencies]
            if not currencies:
                raise Unavailable("the store names no currency; set one in the options")
            home = next((each for each in currencies if each.is_default), currencies[0])
            self._currency = home.currency_code.upper()
        return self._currency

    def _view(self, raw: RawProduct, currency: str) -> Product:
        return product_view(raw, currency, self._options.product_url)
