"""An order's parcels and returns as the API gives them."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from bot.store.shopify.shapes import Id, Nodes, Page, Shape, Timed


class Tracking(Shape):
    company: str | None
    number: str | None
    url: str | None


class ParcelEvent(Shape):
    status: str
    happened_at: datetime
    message: str | None
    city: str | None
    province: str | None
    country: str | None


class ParcelLine(Shape):
    id: str
    quantity: int | None
    line_item: Id


class Fulfillment(Timed):
    id: str
    status: str
    display_status: str | None
    delivered_at: datetime | None
    estimated_delivery_at: datetime | None
    tracking_info: list[Tracking]
    events: Nodes[ParcelEvent]
    fulfillment_line_items: Page[ParcelLine]


class FromParcel(Shape):
    id: str
    line_item: Id


class ReturnLine(Shape):
    id: str
    quantity: int
    processed_quantity: int
    customer_note: str | None
    return_reason: str | None
    return_reason_note: str | None
    fulfillment_line_item: FromParcel | None = None  # None: a return of something the store cannot name


class ExchangeLine(Shape):
    id: str
    quantity: int
    variant_id: str | None


class ShopifyReturn(Timed):
    id: str
    name: str
    status: str
    return_line_items: Page[ReturnLine]
    exchange_line_items: Nodes[ExchangeLine]


class Parcels(Shape):
    fulfillments: list[Fulfillment]
    returns: Page[ShopifyReturn] | None = None


class OrderParcels(Shape):
    order: Parcels | None


class ParcelLinesPage(Shape):
    fulfillment_line_items: Page[ParcelLine]


class MoreParcelLines(Shape):
    fulfillment: ParcelLinesPage | None


class ReturnLinesPage(Shape):
    return_line_items: Page[ReturnLine]


class MoreReturnLines(Shape):
    return_: ReturnLinesPage | None = Field(alias="return")


class ReturnsPage(Shape):
    returns: Page[ShopifyReturn]


class MoreReturns(Shape):
    order: ReturnsPage | None
