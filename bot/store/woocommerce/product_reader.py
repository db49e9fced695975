"""Reads products with their variations and the shop's currency."""

from __future__ import annotations

import asyncio

from bot.store.connection import Query
from bot.store.errors import NotFound
from bot.store.models import Product
from bot.store.woocommerce.catalogue import has_variations, product_of
from bot.store.woocommerce.documents import WooProduct
from bot.store.woocommerce.requests import WooRequests

AT_ONCE = 4  # requests for variations; small hosts answer few at a time
HIDDEN = frozenset({"hidden", "catalog"})  # not to be found by a search


class ProductReader:
    """Use one instance in one event loop."""

    def __init__(self, requests: WooRequests) -> None:
        self._requests = requests
        self._currency = ""
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def one(self, product_id: str) -> Product:
        product = await self._requests.product(product_id)
        if product.status != "publish":
            raise NotFound
        return await self._whole(product)

    async def found(self, words: str, limit: int) -> list[Product]:
        if not words.strip() or limit < 1:
            return []
        products = await self._requests.products({"search": words.strip()}, limit)
        return await self._all([each for each in products if each.catalog_visibility not in HIDDEN])

    async def listed(self, limit: int, offset: int) -> list[Product]:
        asked: Query = {}
        return await self._all(await self._requests.products(asked, limit, offset))

    async def _all(self, products: list[WooProduct]) -> list[Product]:
        return list(await asyncio.gather(*(self._whole(each) for each in products)))

    async def _whole(self, product: WooProduct) -> Product:
        async with self._slots:
            variations = await self._requests.variations(product.id) if has_variations(product) else []
            self._currency = self._currency or await self._requests.currency()
        return product_of(product, variations, self._currency)
