from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.orders.list_orders import summarise
from bot.orders.next_step import Step
from bot.orders.track import track
from bot.orders.track_state import TrackState
from bot.store.models import Order, OrderState, ShipmentState
from tests.orders.made_up import (
    NOW,
    POLICY,
    TODAY,
    changed_policy,
    days_ago,
    delivered_order,
    line,
    order,
    parcel,
    shipped_order,
)


def two_parcels(first: ShipmentState, second: ShipmentState) -> Order:
    one, two = line("l1", shipped_quantity=1), line("l2", shipped_quantity=1)
    return order(OrderState.shipped, [one, two], shipments=[parcel(first, [one], "s1"), parcel(second, [two], "s2")])


@pytest.mark.parametrize(
    ("shown", "state", "steps"),
    [
        (order(OrderState.unpaid), TrackState.unpaid, [Step.pay]),
        (order(OrderState.paid), TrackState.paid, [Step.pack]),
        (order(OrderState.packed), TrackState.packed, [Step.hand_over]),
        (shipped_order(), TrackState.in_transit, [Step.deliver]),
        (order(OrderState.shipped), TrackState.in_transit, [Step.deliver]),  # a store without parcels
        (shipped_order(ShipmentState.out_for_delivery), TrackState.out_for_delivery, [Step.deliver_today]),
        (shipped_order(ShipmentState.failed_attempt), TrackState.failed_attempt, [Step.deliver_again]),
        (shipped_order(ShipmentState.lost), TrackState.lost, [Step.trace_parcel]),
        (shipped_order(ShipmentState.returned_to_sender), TrackState.returned_to_sender, [Step.back_to_sender]),
        (delivered_order(), TrackState.delivered, []),
        (order(OrderState.cancelled), TrackState.cancelled, []),
        (order(OrderState.returned), TrackState.returned, []),
    ],
)
def test_each_state_says_what_happens_next(shown: Order, state: TrackState, steps: list[Step]) -> None:
    tracking = track(shown, POLICY, NOW)
    assert tracking.state is state
    assert [step.step for step in tracking.next_steps] == steps
    assert all(step.earliest and step.latest and TODAY <= step.earliest <= step.latest for step in tracking.next_steps)


def test_of_two_parcels_the_one_in_trouble_gives_the_state() -> None:
    tracking = track(two_parcels(ShipmentState.in_transit, ShipmentState.lost), POLICY, NOW)
    assert tracking.state is TrackState.lost
    assert tracking.offer_help
    assert {step.step for step in tracking.next_steps} == {Step.deliver, Step.trace_parcel}


def test_one_parcel_there_and_one_on_its_way_is_not_delivered() -> None:
    assert (
        track(two_parcels(ShipmentState.delivered, ShipmentState.in_transit), POLICY, NOW).state
        is TrackState.in_transit
    )


def test_both_parcels_there_is_delivered_even_before_the_store_says_so() -> None:
    tracking = track(two_parcels(ShipmentState.delivered, ShipmentState.delivered), POLICY, NOW)
    assert tracking.state is TrackState.delivered
    assert tracking.delivered_on == date(2026, 3, 17)


def test_shopper_sees_what_is_still_to_come() -> None:
    sent, waiting = line("l1", shipped_quantity=1), line("l2", quantity=3, shipped_quantity=1)
    partly = order(OrderState.partly_shipped, [sent, waiting], shipments=[parcel(ShipmentState.in_transit, [sent])])
    tracking = track(partly, POLICY, NOW)
    assert tracking.state is TrackState.partly_shipped
    assert [(item.line_id, item.quantity) for item in tracking.unshipped] == [("l2", 2)]
    assert [step.step for step in tracking.next_steps] == [Step.deliver, Step.send_rest]


@pytest.mark.parametrize(("promised_in", "late"), [(2, 0), (0, 0), (-1, 1), (-4, 4)])
def test_late_counts_from_the_day_after_the_promise(promised_in: int, late: int) -> None:
    shown = shipped_order(promised_on=TODAY + timedelta(days=promised_in))
    assert track(shown, POLICY, NOW).late_days == late


def test_days_of_grace_make_it_late_later() -> None:
    shown = shipped_order(promised_on=TODAY - timedelta(days=3))
    assert track(shown, changed_policy("late", grace_days=2), NOW).late_days == 1


def test_without_a_promise_the_usual_time_of_the_country_counts() -> None:
    shown = shipped_order(promised_on=None, placed_at=days_ago(16))
    assert track(shown, POLICY, NOW).late_days == 2
    assert track(shown.copy(update={"placed_at": None}), POLICY, NOW).late_days == 0


@pytest.mark.parametrize("state", [OrderState.delivered, OrderState.cancelled, OrderState.returned, OrderState.unpaid])
def test_what_is_over_or_unpaid_is_not_late(state: OrderState) -> None:
    assert track(order(state, promised_on=TODAY - timedelta(days=9)), POLICY, NOW).late_days == 0


def test_events_come_newest_first_and_silence_is_counted() -> None:
    shown = shipped_order(event=5)
    old = shown.shipments[0].events[0].copy(update={"at": days_ago(8)})
    shipment = shown.shipments[0].copy(update={"events": [*shown.shipments[0].events, old]})
    summary = track(shown.copy(update={"shipments": [shipment]}), POLICY, NOW).shipments[0]
    assert [event.at for event in summary.events] == [days_ago(5), days_ago(8)]
    assert summary.last_event == summary.events[0]
    assert summary.quiet_days == 5


def test_a_window_in_the_past_is_counted_from_today() -> None:
    step = track(shipped_order(event=30), POLICY, NOW).next_steps[0]
    assert step.earliest is not None
    assert step.earliest > TODAY


def test_delivery_skips_the_weekend_of_where_it_goes() -> None:
    friday_note = shipped_order(event=0)
    step = track(friday_note, POLICY, NOW + timedelta(days=2)).next_steps[0]  # now is a Friday
    assert step.latest == date(2026, 3, 24)


def test_a_summary_names_each_order_in_short() -> None:
    short = summarise([delivered_order([line("l1", quantity=2), line("l2")]), order()], POLICY, NOW)
    assert [(each.number, each.state, each.pieces) for each in short] == [
        ("#1047", TrackState.delivered, 3), ("#1047", TrackState.paid, 1),
    ]  # fmt: skip
    assert short[0].titles == ("Item l1", "Item l2")
    assert short[0].from_slot(short[0].to_slot()) == short[0]
