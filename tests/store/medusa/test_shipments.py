"""Parcels: part by part, with what their metadata tells beside Medusa's timestamps."""

from __future__ import annotations

import pytest

from bot.store.errors import NotAllowed
from bot.store.medusa.store import MedusaStore
from bot.store.models import CaseItem, CaseKind, CaseRequest, OrderState, ShipmentState
from tests.store.medusa.shopper import Shopper

pytestmark = pytest.mark.medusa


async def test_order_in_two_parcels_says_what_is_where(store: MedusaStore, shopper: Shopper) -> None:
    order = await shopper.place([("SHIRT-S", 2), ("BAG-M", 1)])
    shirt = shopper.variants["SHIRT-S"]
    first = await shopper.ship(order, {shirt: 1})
    seen = await store.get_order(order["id"])
    assert seen.state is OrderState.partly_shipped
    assert {line.variant_id: line.shipped_quantity for line in seen.lines} == {shirt: 1, shopper.variants["BAG-M"]: 0}
    assert [(parcel.state, parcel.tracking_number) for parcel in seen.shipments] == [
        (ShipmentState.in_transit, f"TRK{order['display_id']}")
    ]
    too_many = [CaseItem(line_id=seen.shipments[0].items[0].line_id, quantity=2)]
    with pytest.raises(NotAllowed, match="over_quantity"):
        await store.open_case(order["id"], CaseRequest(kind=CaseKind.return_, items=too_many), key="two-of-one")
    second = await shopper.ship(order, {shirt: 1, shopper.variants["BAG-M"]: 1})
    await shopper.deliver(order, first)
    seen = await store.get_order(order["id"])
    assert (seen.state, seen.delivered_at) == (OrderState.shipped, None)
    assert {parcel.id: parcel.state for parcel in seen.shipments} == {
        first: ShipmentState.delivered,
        second: ShipmentState.in_transit,
    }


async def test_metadata_of_a_parcel_tells_carrier_events_and_what_became_of_it(
    store: MedusaStore, shopper: Shopper
) -> None:
    order = await shopper.place()
    told = {
        "carrier": "Pos Laju",
        "state": "lost",
        "events": [
            {"at": "2026-01-03T10:00:00Z", "state": "in_transit", "text": "Left hub", "place": "Ipoh"},
            {"at": "2026-01-02T10:00:00Z", "state": "in_transit", "text": "Picked up"},
            {"at": "some day", "state": "flying"},
        ],
    }
    await shopper.ship(order, metadata=told)
    parcel = (await store.get_order(order["id"])).shipments[0]
    assert (parcel.carrier, parcel.state) == ("Pos Laju", ShipmentState.lost)
    assert [(event.text, event.place) for event in parcel.events] == [("Picked up", ""), ("Left hub", "Ipoh")]


async def test_packed_order_is_left_to_the_warehouse(store: MedusaStore, shopper: Shopper) -> None:
    order = await shopper.place()
    parcel = await shopper.pack(order)
    seen = await store.get_order(order["id"])
    assert seen.state is OrderState.packed
    elsewhere = seen.shipping_address.copy(update={"line1": "2 New Street"})
    with pytest.raises(NotAllowed, match="already_packed"):
        await store.change_address(order["id"], elsewhere, key=f"packed-address-{order['id']}")
    with pytest.raises(NotAllowed, match="already_packed"):
        await store.cancel(order["id"], "changed_mind", key=f"packed-cancel-{order['id']}")
    assert (await store.get_order(order["id"])).shipping_address == seen.shipping_address
    await shopper.admin("POST", f"/orders/{order['id']}/fulfillments/{parcel}/cancel", {})  # unpacked again
    changed = await store.change_address(order["id"], elsewhere, key=f"unpacked-address-{order['id']}")
    assert changed.shipping_address.line1 == "2 New Street"
