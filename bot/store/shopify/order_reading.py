"""Reads whole orders: two questions, and more where a page was not enough."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from bot.store.errors import NotFound
from bot.store.models import Order, Proof
from bot.store.proof_match import same_number
from bot.store.shopify.documents import orders
from bot.store.shopify.door import Door
from bot.store.shopify.ids import gid, number
from bot.store.shopify.number_search import name_query
from bot.store.shopify.order_shapes import FoundOrders, MoreLines, OneOrder, OrderIds
from bot.store.shopify.orders import Read, order_of, proof_fits
from bot.store.shopify.parcel_shapes import (
    Fulfillment,
    MoreParcelLines,
    MoreReturnLines,
    MoreReturns,
    OrderParcels,
    Parcels,
    ShopifyReturn,
)
from bot.store.shopify.scopes import Scopes
from bot.store.shopify.settings import Settings
from bot.store.shopify.shapes import Page

Node = TypeVar("Node")
MOST_PAGES = 40


class OrderReading:
    def __init__(self, door: Door, scopes: Scopes, settings: Settings) -> None:
        self._door = door
        self._scopes = scopes
        self._settings = settings

    async def find(self, typed: str, proof: Proof) -> Order:
        """The search is loose, so number and proof are compared here. One request for whatever does not fit."""
        query = name_query(typed)
        if query is None:
            raise NotFound
        found = await self._door.ask(orders.SEARCH, {"query": query}, FoundOrders)
        fitting = [
            each.id
            for each in found.orders.nodes
            if proof_fits(each, proof) & same_number(each.name, typed)  # both are always compared
        ]
        if not fitting:
            raise NotFound
        return await self.order(fitting[0])

    async def of_customer(self, customer_id: str, limit: int) -> list[Order]:
        customer = gid("Customer", customer_id)
        if customer is None or limit < 1:
            return []
        asked = {"query": f"customer_id:{number(customer)}", "first": min(limit, 250)}
        ids = await self._door.ask(orders.OF_CUSTOMER, asked, OrderIds)
        return [await self.order(each.id) for each in ids.orders.nodes]

    async def order(self, order_id: str) -> Order:
        """Raises ``NotFound``; an order of more than 60 days looks the same without the scope read_all_orders."""
        return order_of(await self.read(order_id), self._settings.final_sale_tag)

    def in_words(self, read: Read) -> Order:
        return order_of(read, self._settings.final_sale_tag)

    async def read(self, order_id: str) -> Read:
        granted = await self._scopes.granted()
        asked = gid("Order", order_id)
        if asked is None:
            raise NotFound
        returns = granted.may("read_returns")
        variables: dict[str, object] = {"id": asked, "returns": returns}
        order = (
            await self._door.ask(orders.ORDER, {**variables, "customer": granted.may("read_customers")}, OneOrder)
        ).order
        if order is None:
            raise NotFound
        parcels = (await self._door.ask(orders.PARCELS, variables, OrderParcels)).order
        if parcels is None:
            raise NotFound
        return Read(
            order=order,
            lines=await _all(order.line_items, lambda after: self._more_lines(asked, after)),
            fulfillments=[await self._whole_parcel(each) for each in parcels.fulfillments],
            returns=await self._returns(asked, parcels),
        )

    async def _more_lines(self, order_id: str, after: str) -> Page[Any]:
        found = await self._door.ask(orders.MORE_LINES, {"id": order_id, "after": after}, MoreLines)
        return _there(found.order).line_items

    async def _whole_parcel(self, parcel: Fulfillment) -> Fulfillment:
        async def more(after: str) -> Page[Any]:
            asked: dict[str, object] = {"id": parcel.id, "after": after}
            found = await self._door.ask(orders.MORE_PARCEL_LINES, asked, MoreParcelLines)
            return _there(found.fulfillment).fulfillment_line_items

        page = parcel.fulfillment_line_items
        return parcel.copy(update={"fulfillment_line_items": page.copy(update={"nodes": await _all(page, more)})})

    async def _returns(self, order_id: str, parcels: Parcels) -> list[ShopifyReturn]:
        async def more(after: str) -> Page[Any]:
            found = await self._door.ask(orders.MORE_RETURNS, {"id": order_id, "after": after}, MoreReturns)
            return _there(found.order).returns

        if parcels.returns is None:
            return []
        return [await self._whole_return(each) for each in await _all(parcels.returns, more)]

    async def _whole_return(self, found: ShopifyReturn) -> ShopifyReturn:
        async def more(after: str) -> Page[Any]:
            asked: dict[str, object] = {"id": found.id, "after": after}
            answer = await self._door.ask(orders.MORE_RETURN_LINES, asked, MoreReturnLines)
            return _there(answer.return_).return_line_items

        page = found.return_line_items
        return found.copy(update={"return_line_items": page.copy(update={"nodes": await _all(page, more)})})


async def _all(first: Page[Node], more: Callable[[str], Awaitable[Page[Any]]]) -> list[Node]:
    """The nodes of this page and of those behind it."""
    nodes, page = list(first.nodes), first.page_info
    for _ in range(MOST_PAGES):
        if not page.has_next_page or page.end_cursor is None:
            return nodes
        following = await more(page.end_cursor)
        nodes += following.nodes
        page = following.page_info
    return nodes


def _there(found: Node | None) -> Node:
    if found is None:  # deleted between two pages
        raise NotFound
    return found
