"""Reads an order with everything that WooCommerce keeps beside it."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timezone

from bot.store.errors import Invalid
from bot.store.models import Order
from bot.store.woocommerce.addresses import NOWHERE, with_region_name
from bot.store.woocommerce.catalogue import category_of
from bot.store.woocommerce.documents import Country, WooOrder
from bot.store.woocommerce.options import Tracking, WooOptions
from bot.store.woocommerce.order_reading import Beside, order_of
from bot.store.woocommerce.requests import MOST, WooRequests

REMEMBERED = 600.0  # seconds that a product's category is believed


class OrderReader:
    """Use one instance in one event loop."""

    def __init__(self, requests: WooRequests, options: WooOptions) -> None:
        self._requests = requests
        self._options = options
        self._countries: dict[str, Country | None] = {}
        self._categories: dict[int, tuple[float, str]] = {}  # product id: when asked, what it was

    def plain(self, woo: WooOrder) -> Order:
        """The order alone, without another request: to compare a proof with."""
        return order_of(woo, self._options, datetime.now(timezone.utc))

    async def whole(self, woo: WooOrder) -> Order:
        return (await self.all_of([woo]))[0]

    async def all_of(self, orders: list[WooOrder]) -> list[Order]:
        categories = await self._categories_of({line.product_id for woo in orders for line in woo.line_items})
        beside = await asyncio.gather(*(self._beside(woo, categories) for woo in orders))
        now = datetime.now(timezone.utc)
        read = [order_of(woo, self._options, now, kept) for woo, kept in zip(orders, beside, strict=True)]
        return [await self._with_region_name(order) for order in read]

    async def _beside(self, woo: WooOrder, categories: dict[int, str]) -> Beside:
        fulfillments = self._options.tracking is Tracking.fulfillments
        return Beside(
            categories=categories,
            refunds=await self._requests.refunds(woo.id) if woo.refunds else [],
            fulfillments=await self._requests.fulfillments(woo.id) if fulfillments else [],
        )

    async def _with_region_name(self, order: Order) -> Order:
        address = order.shipping_address
        if not address.region or address.country == NOWHERE:
            return order
        if address.country not in self._countries:
            try:
                self._countries[address.country] = await self._requests.country(address.country)
            except Invalid:
                self._countries[address.country] = None
        named = with_region_name(address, self._countries[address.country])
        return order.copy(update={"shipping_address": named})

    async def _categories_of(self, products: set[int]) -> dict[int, str]:
        """A product that is no longer there has none."""
        now = time.monotonic()
        wanted = sorted(id_ for id_ in products if id_ and self._categories.get(id_, (0.0, ""))[0] < now)
        for start in range(0, len(wanted), MOST):
            asked = wanted[start : start + MOST]
            found = {each.id: category_of(each.categories) for each in await self._requests.categorised(asked)}
            self._categories.update({id_: (now + REMEMBERED, found.get(id_, "")) for id_ in asked})
        return {id_: self._categories[id_][1] for id_ in products if id_}
