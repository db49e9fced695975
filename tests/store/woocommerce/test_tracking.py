"""Parcels: from the Shipment Tracking extension, from WooCommerce's own fulfillments, or not at all."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.store.errors import NotAllowed
from bot.store.models import Ability, OrderState, ShipmentState
from bot.store.woocommerce.options import Tracking
from bot.store.woocommerce.store import WooStore
from tests.store.woocommerce import documents
from tests.store.woocommerce.conftest import OpenStore
from tests.store.woocommerce.documents import Document
from tests.store.woocommerce.shop import Shop


def track(shop: Shop, order: Document, *items: Document) -> None:
    shop.update_meta(order, {"key": "_wc_shipment_tracking_items", "value": list(items)})


async def test_without_the_option_nothing_is_tracked(store: WooStore, shop: Shop) -> None:
    order = shop.add_order("completed")
    track(shop, order, documents.tracking_item("MY1", "Pos Laju"))
    assert Ability.tracking not in await store.capabilities()
    assert (await store.get_order(str(order["id"]))).shipments == []


async def test_tracking_number_of_the_extension_is_told(open_store: OpenStore, shop: Shop) -> None:
    store = open_store(tracking=Tracking.shipment_tracking)
    order = shop.add_order("completed")
    track(shop, order, documents.tracking_item("MY1", "Pos Laju", "https://pos.example/MY1"))
    [parcel] = (await store.get_order(str(order["id"]))).shipments
    assert Ability.tracking in await store.capabilities()
    assert (parcel.carrier, parcel.tracking_number, parcel.tracking_url) == (
        "Pos Laju",
        "MY1",
        "https://pos.example/MY1",
    )
    assert (parcel.state, parcel.shipped_at) == (
        ShipmentState.in_transit,
        datetime(2024, 1, 15, tzinfo=timezone.utc),
    )
    assert [item.quantity for item in parcel.items] == [1]


async def test_parcels_whose_content_nobody_knows_have_none(open_store: OpenStore, shop: Shop) -> None:
    order = shop.add_order("completed")
    track(shop, order, documents.tracking_item("MY1", "dhl"), documents.tracking_item("MY2", "dhl", "javascript:x"))
    found = await open_store(tracking=Tracking.shipment_tracking).get_order(str(order["id"]))
    assert [(each.items, each.tracking_url) for each in found.shipments] == [([], ""), ([], "")]


async def test_order_with_a_parcel_on_its_way_is_not_changed_though_it_is_processing(
    open_store: OpenStore, shop: Shop
) -> None:
    store = open_store(tracking=Tracking.shipment_tracking)
    order = shop.add_order("processing")
    track(shop, order, documents.tracking_item("MY1", "dhl"))
    assert (await store.get_order(str(order["id"]))).state is OrderState.shipped
    with pytest.raises(NotAllowed, match="already_shipped"):
        await store.cancel(str(order["id"]), "changed_mind", key="k")


async def test_fulfillment_of_some_items_has_shipped_a_part(open_store: OpenStore, shop: Shop) -> None:
    store = open_store(tracking=Tracking.fulfillments)
    order = shop.add_order(products=list(shop.products.values()))
    first, second = (line["id"] for line in order["line_items"])
    shop.fulfillments = {order["id"]: [documents.fulfillment(1, {first: 1}, fulfilled=True, number="1Z")]}
    found = await store.get_order(str(order["id"]))
    assert found.state is OrderState.partly_shipped
    assert {line.id: line.shipped_quantity for line in found.lines} == {str(first): 1, str(second): 0}
    assert (found.shipments[0].carrier, found.shipments[0].tracking_number) == ("ups", "1Z")
    shop.fulfillments[order["id"]].append(documents.fulfillment(2, {second: 1}, fulfilled=True))
    assert (await store.get_order(str(order["id"]))).state is OrderState.shipped


async def test_draft_of_a_fulfillment_is_packed(open_store: OpenStore, shop: Shop) -> None:
    order = shop.add_order()
    shop.fulfillments = {order["id"]: [documents.fulfillment(1, {order["line_items"][0]["id"]: 1}, fulfilled=False)]}
    found = await open_store(tracking=Tracking.fulfillments).get_order(str(order["id"]))
    assert (found.state, found.shipments[0].state) == (OrderState.packed, ShipmentState.packed)


async def test_parcel_of_a_delivered_order_has_arrived(open_store: OpenStore, shop: Shop) -> None:
    store = open_store(tracking=Tracking.shipment_tracking, statuses={"delivered": OrderState.delivered})
    order = shop.add_order("delivered")
    track(shop, order, documents.tracking_item("MY1", "dhl"))
    [parcel] = (await store.get_order(str(order["id"]))).shipments
    assert parcel.state is ShipmentState.delivered
