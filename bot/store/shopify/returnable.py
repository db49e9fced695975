"""What of an order can still come back, by the parcels it went out in.

https://shopify.dev/docs/api/admin-graphql/2026-01/queries/returnableFulfillments
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.store.shopify.documents import returns
from bot.store.shopify.door import Door
from bot.store.shopify.parcel_shapes import FromParcel
from bot.store.shopify.shapes import Nodes, Page, Shape

MOST_PAGES = 20


class _Line(Shape):
    quantity: int
    fulfillment_line_item: FromParcel


class _Parcel(Shape):
    id: str
    returnable_fulfillment_line_items: Nodes[_Line]


class _Parcels(Shape):
    returnable_fulfillments: Page[_Parcel]


@dataclass
class ParcelLine:
    """``id`` of the fulfillment's line; ``quantity`` is what is left of it."""

    id: str
    quantity: int


class Returnable:
    def __init__(self, door: Door) -> None:
        self._door = door

    async def pieces(self, order_id: str) -> dict[str, list[ParcelLine]]:
        """By the order's lines."""
        found: dict[str, list[ParcelLine]] = {}
        after: str | None = None
        for _ in range(MOST_PAGES):
            page = (
                await self._door.ask(returns.RETURNABLE, {"orderId": order_id, "after": after}, _Parcels)
            ).returnable_fulfillments
            for parcel in page.nodes:
                for line in parcel.returnable_fulfillment_line_items.nodes:
                    source = line.fulfillment_line_item
                    found.setdefault(source.line_item.id, []).append(ParcelLine(source.id, line.quantity))
            if not page.page_info.has_next_page:
                break
            after = page.page_info.end_cursor
        return found
