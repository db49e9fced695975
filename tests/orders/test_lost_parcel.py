from __future__ import annotations

from datetime import timedelta

import pytest

from bot.orders.lost_parcel import look_for_parcel, may_report_lost, preview_lost
from bot.orders.next_step import Step
from bot.orders.parcel_situation import Situation
from bot.orders.returns import Outcome
from bot.orders.verdict import Helper, Refused
from bot.store.models import Ability, Case, CaseKind, CaseState, Order, OrderState, ShipmentState, Wish
from tests.orders.made_up import (
    NOW,
    POLICY,
    TODAY,
    changed_policy,
    delivered_order,
    line,
    money,
    order,
    parcel,
    shipped_order,
)

YESTERDAY, LONG_AGO = TODAY - timedelta(days=1), TODAY - timedelta(days=6)


@pytest.mark.parametrize(
    ("shown", "situation", "may_claim", "helper"),
    [
        (order(OrderState.unpaid), Situation.unpaid, False, Helper.bot),
        (order(OrderState.cancelled), Situation.cancelled, False, Helper.nobody),
        (order(OrderState.packed), Situation.not_shipped, False, Helper.bot),
        (shipped_order(), Situation.on_its_way, False, Helper.bot),
        (shipped_order(promised_on=YESTERDAY), Situation.late, False, Helper.person),
        (shipped_order(promised_on=LONG_AGO), Situation.overdue, True, Helper.bot),
        (shipped_order(event=7), Situation.overdue, True, Helper.bot),  # the carrier has gone quiet
        (order(OrderState.shipped, promised_on=YESTERDAY), Situation.late, False, Helper.person),
        (shipped_order(ShipmentState.lost), Situation.lost, True, Helper.bot),
        (shipped_order(ShipmentState.returned_to_sender), Situation.returned_to_sender, True, Helper.bot),
        (delivered_order(days=1), Situation.delivered_recently, False, Helper.bot),
        (delivered_order(days=2), Situation.delivered, True, Helper.bot),
        (delivered_order(days=31), Situation.delivered_long_ago, False, Helper.person),
        (delivered_order(days=3, shipments=[]), Situation.delivered, True, Helper.bot),
    ],
)
def test_i_never_got_it(shown: Order, situation: Situation, may_claim: bool, helper: Helper) -> None:
    finding = look_for_parcel(shown, POLICY, NOW)
    assert (finding.situation, finding.claim.allowed, finding.claim.helper) == (situation, may_claim, helper)
    assert finding.from_slot(finding.to_slot()) == finding


def test_marked_delivered_today_the_shopper_looks_around_first() -> None:
    finding = look_for_parcel(delivered_order(days=0.1), POLICY, NOW)
    assert [step.step for step in finding.next_steps] == [Step.ask_neighbours, Step.wait_for_delivery]
    assert finding.claim.details["until"] == "2026-03-20"


def test_a_parcel_on_its_way_says_from_when_it_counts_as_lost() -> None:
    shown = shipped_order(promised_on=TODAY)
    until = look_for_parcel(shown, POLICY, NOW).claim.details["until"]
    assert until == "2026-03-24"
    assert may_report_lost(shown, POLICY, NOW + timedelta(days=6)).allowed
    assert not may_report_lost(shown.copy(update={"shipments": []}), POLICY, NOW + timedelta(days=5)).allowed


def test_of_several_parcels_the_one_in_most_trouble_counts() -> None:
    one, two = line("l1"), line("l2")
    parcels = [parcel(ShipmentState.delivered, [one], "s1"), parcel(ShipmentState.lost, [two], "s2")]
    shown = order(OrderState.shipped, [one, two], shipments=parcels)
    assert look_for_parcel(shown, POLICY, NOW).shipment_id == "s2"
    assert look_for_parcel(shown, POLICY, NOW, "s1").situation is Situation.delivered_recently
    seen = preview_lost(shown, Wish.refund, POLICY, NOW)
    assert (seen.outcome, seen.review_reasons, seen.refund) == (Outcome.review, ("part_of_order",), None)


def test_what_is_reported_is_not_reported_twice() -> None:
    case = Case(
        id="c", number="C-9", order_id="o_1", kind=CaseKind.lost_parcel, state=CaseState.requested, created_at=NOW
    )
    finding = look_for_parcel(shipped_order(ShipmentState.lost, cases=[case]), POLICY, NOW)
    assert (finding.situation, finding.claim.details) == (Situation.already_reported, {"case": "C-9"})
    closed = case.copy(update={"state": CaseState.rejected})
    assert look_for_parcel(shipped_order(ShipmentState.lost, cases=[closed]), POLICY, NOW).claim.allowed


def test_a_lost_parcel_is_sent_again_or_refunded() -> None:
    lost = shipped_order(ShipmentState.lost)
    again = preview_lost(lost, Wish.replacement, POLICY, NOW)
    assert (again.outcome, again.refund) == (Outcome.approved, None)
    assert [step.step for step in again.next_steps] == [Step.send_replacement]
    refund = preview_lost(lost, Wish.refund, POLICY, NOW)
    assert refund.refund == money("58.00")
    assert [step.step for step in refund.next_steps] == [Step.refund_started, Step.refund_arrives]
    assert refund.from_slot(refund.to_slot()) == refund


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        (delivered_order(days=4), "marked_delivered"),
        (shipped_order(ShipmentState.lost, [line(price="900.00")]), "over_value"),
        (shipped_order(ShipmentState.lost, payments=[]), "payment_unknown"),
    ],
)
def test_a_person_looks_at_doubtful_claims(shown: Order, why: str) -> None:
    seen = preview_lost(shown, Wish.refund, POLICY, NOW)
    assert (seen.outcome, seen.review_reasons) == (Outcome.review, (why,))


def test_what_the_shop_does_not_offer_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        preview_lost(shipped_order(ShipmentState.lost), Wish.exchange, POLICY, NOW)
    assert refusal.value.verdict.reason == "wish_not_offered"
    strict = changed_policy("lost_parcel", delivered_claims=Helper.nobody)
    assert look_for_parcel(delivered_order(days=4), strict, NOW).claim.helper is Helper.nobody


def test_a_platform_that_takes_no_reports_leaves_it_to_a_person() -> None:
    lost = shipped_order(ShipmentState.lost)
    assert may_report_lost(lost, POLICY, NOW, frozenset()).helper is Helper.person
    assert may_report_lost(lost, POLICY, NOW, frozenset({Ability.lost_parcel})).allowed
