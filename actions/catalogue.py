"""The shop's products, read from the store and kept for a few minutes; what a text names among them."""

from __future__ import annotations

import time
from dataclasses import dataclass

from actions.shop import the_shop
from bot.orders.product_names import SURE, named
from bot.orders.product_words import ProductWords, product_words
from bot.store.api import OrderApi
from bot.store.errors import NotSupported
from bot.store.models import Product

KEPT_SECONDS = 300
PAGE = 100
MOST = 5000  # products; a larger catalogue is known by its best-selling part


@dataclass(frozen=True)
class Catalogue:
    """``products``: best-selling first, where the store knows; stock and prices may be minutes old."""

    products: tuple[Product, ...]
    store: OrderApi
    until: float  # on the monotonic clock

    def named_in(self, text: str) -> list[Product]:
        return named(text, self.products, the_words())

    def surely_named_in(self, text: str) -> list[Product]:
        """Without what shares but a word with the text, as a toner of rice does with a rice cooker."""
        return named(text, self.products, the_words(), SURE)


_kept: list[Catalogue] = []


async def the_catalogue() -> Catalogue:
    """Raises ``bot.store.errors.StoreError`` when the store can't answer."""
    store = the_shop().orders
    if _kept and _kept[-1].store is store and time.monotonic() < _kept[-1].until:
        return _kept[-1]
    products = tuple(await _read_all(store))
    _kept[:] = [Catalogue(products, store, time.monotonic() + KEPT_SECONDS)]
    return _kept[-1]


async def _read_all(store: OrderApi) -> list[Product]:
    products: list[Product] = []
    try:
        while len(products) < MOST:
            page = await store.list_products(PAGE, len(products))
            products += page
            if len(page) < PAGE:
                break
    except NotSupported:
        return []
    return products


def the_words() -> ProductWords:
    return product_words(the_shop().settings.products_file)
