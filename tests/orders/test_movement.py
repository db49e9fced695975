"""What counts as a step of a parcel, and what is not told."""

from __future__ import annotations

from itertools import permutations

from bot.orders.movement import Known, MoveState, is_over, known_after, known_of, moved
from bot.store.models import Order, OrderState, Shipment, ShipmentState
from tests.orders.made_up import order as any_order


def order_with(state: OrderState, *parcels: ShipmentState) -> Order:
    shipments = [Shipment(id=f"p{n}", state=each) for n, each in enumerate(parcels)]
    return any_order().copy(update={"state": state, "shipments": shipments})


def told(known: Known, order: Order) -> list[str]:
    return [move.state.value for move in moved(known, order)]


def on_the_way(state: ShipmentState) -> Order:
    return order_with(OrderState.shipped, state)


def test_nothing_is_told_of_what_is_known() -> None:
    order = on_the_way(ShipmentState.in_transit)
    assert told(known_of(order), order) == []


def test_a_failed_attempt_may_be_followed_by_another_try() -> None:
    out, failed = on_the_way(ShipmentState.out_for_delivery), on_the_way(ShipmentState.failed_attempt)
    known = known_of(out)
    assert told(known, failed) == ["failed_attempt"]
    known = known_after(known, failed)
    assert told(known, out) == ["out_for_delivery"]


def test_no_step_back_is_ever_told_in_whatever_order_states_are_seen() -> None:
    way = [ShipmentState.packed, ShipmentState.in_transit, ShipmentState.out_for_delivery, ShipmentState.delivered]
    far = {state.value: at for at, state in enumerate(way)}
    for seen in permutations(way):
        known: Known = {}
        heard = []
        for state in seen:
            order = on_the_way(state)
            heard += told(known, order)
            known = known_after(known, order)
        assert heard == sorted(set(heard), key=lambda state: far[state])
        assert heard[-1] == "delivered"


def test_a_store_without_parcels_tells_by_the_order() -> None:
    known = known_of(order_with(OrderState.paid))
    assert told(known, order_with(OrderState.shipped)) == ["in_transit"]
    assert told(known_of(order_with(OrderState.shipped)), on_the_way(ShipmentState.in_transit)) == []
    assert told(known_of(order_with(OrderState.shipped)), on_the_way(ShipmentState.delivered)) == ["delivered"]


def test_one_of_two_parcels() -> None:
    both = order_with(OrderState.shipped, ShipmentState.in_transit, ShipmentState.in_transit)
    one = order_with(OrderState.shipped, ShipmentState.delivered, ShipmentState.in_transit)
    (move,) = moved(known_of(both), one)
    assert (move.state, move.shipment_ids) == (MoveState.delivered, ("p0",))


def test_the_end() -> None:
    gone = order_with(OrderState.cancelled)
    assert told(known_of(order_with(OrderState.paid)), gone) == ["cancelled"]
    assert is_over(gone)
    closed = order_with(OrderState.delivered, ShipmentState.in_transit)
    assert told(known_of(on_the_way(ShipmentState.in_transit)), closed) == ["delivered"]
