""" "I never got it": what the tracking says about that, and whether it may be reported as lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.orders.next_step import NextStep, Step, next_step, shop_day, today
from bot.orders.parcel_situation import Situation
from bot.orders.policy import Policy
from bot.orders.track import track
from bot.orders.track_state import due_on, late_days, quiet_days
from bot.orders.verdict import ALLOWED, Helper, JobData, Verdict, refused
from bot.store.models import CaseKind, CaseState, Order, OrderState, Shipment, ShipmentState

CLOSED = frozenset({CaseState.completed, CaseState.rejected})


class ParcelFinding(JobData):
    """``shipment_id``: the parcel it is about (``None``: the store knows none).

    ``claim``: may it be reported as lost? Reasons: the situation's code; ``details["until"]`` (ISO date): the day to
    wait for, ``details["case"]``: the case there is already.
    """

    order_id: str
    number: str
    situation: Situation
    shipment_id: str | None = None
    carrier: str = ""
    tracking_number: str = ""
    tracking_url: str = ""
    late_days: int = 0
    quiet_days: int | None = None
    delivered_on: date | None = None
    claim: Verdict
    next_steps: tuple[NextStep, ...] = ()


_LOST = frozenset({Situation.lost, Situation.returned_to_sender, Situation.overdue})
_MOST_SERIOUS_FIRST = (
    Situation.lost,
    Situation.returned_to_sender,
    Situation.overdue,
    Situation.late,
    Situation.on_its_way,
    Situation.delivered,
    Situation.delivered_recently,
    Situation.delivered_long_ago,
)


def look_for_parcel(order: Order, policy: Policy, now: datetime, shipment_id: str | None = None) -> ParcelFinding:
    """Of several parcels, the one in most trouble, unless ``shipment_id`` names one."""
    reported = next(
        (case for case in order.cases if case.kind is CaseKind.lost_parcel and case.state not in CLOSED), None
    )
    if reported is not None:
        verdict = refused("already_reported", Helper.person, case=reported.number)
        review = next_step(Step.review, policy, today(policy, now))
        finding = _about(order, Situation.already_reported, None, policy, now)
        return finding.copy(update={"claim": verdict, "next_steps": (review,)})
    parcels = [each for each in order.shipments if shipment_id in (None, each.id)]
    left = [(_situation(order, each, policy, now), each) for each in parcels if each.state is not ShipmentState.packed]
    if left and order.state not in {OrderState.cancelled, OrderState.unpaid}:
        situation, shipment = min(left, key=lambda each: _MOST_SERIOUS_FIRST.index(each[0]))
        finding = _about(order, situation, shipment, policy, now)
    else:
        finding = _about(order, _without_parcel(order, policy, now), None, policy, now)
    claim, steps = _claim(order, finding, policy, now)
    return finding.copy(update={"claim": claim, "next_steps": steps})


def _situation(order: Order, shipment: Shipment, policy: Policy, now: datetime) -> Situation:
    rules = policy.lost_parcel
    if shipment.state is ShipmentState.lost:
        return Situation.lost
    if shipment.state is ShipmentState.returned_to_sender:
        return Situation.returned_to_sender
    if shipment.state is ShipmentState.delivered:
        return _since_delivery(shop_day(policy, shipment.delivered_at or order.delivered_at), policy, now)
    late, quiet = late_days(order, policy, now), quiet_days(shipment, policy, now)
    if late > rules.overdue_days or (quiet is not None and quiet >= rules.silent_days):
        return Situation.overdue
    return Situation.late if late else Situation.on_its_way


def _since_delivery(delivered_on: date | None, policy: Policy, now: datetime) -> Situation:
    if delivered_on is None:
        return Situation.delivered
    days = (today(policy, now) - delivered_on).days
    if days < policy.lost_parcel.delivered_wait_days:
        return Situation.delivered_recently
    return Situation.delivered if days <= policy.lost_parcel.claim_within_days else Situation.delivered_long_ago


def _without_parcel(order: Order, policy: Policy, now: datetime) -> Situation:
    """The store knows no parcels, or none has left."""
    if order.state in {OrderState.cancelled, OrderState.unpaid}:
        return Situation(order.state.value)
    if order.state in {OrderState.delivered, OrderState.returned}:
        return _since_delivery(shop_day(policy, order.delivered_at), policy, now)
    if order.state is not OrderState.shipped:
        return Situation.not_shipped
    late = late_days(order, policy, now)
    if late > policy.lost_parcel.overdue_days:
        return Situation.overdue
    return Situation.late if late else Situation.on_its_way


def _claim(order: Order, finding: ParcelFinding, policy: Policy, now: datetime) -> tuple[Verdict, tuple[NextStep, ...]]:
    rules, this_day, situation = policy.lost_parcel, today(policy, now), finding.situation
    if situation in _LOST or (situation is Situation.delivered and rules.delivered_claims is not Helper.nobody):
        return ALLOWED, ()
    if situation in {Situation.cancelled, Situation.delivered}:
        return refused(situation.value, Helper.nobody), ()
    if situation is Situation.delivered_long_ago:
        return refused(situation.value, Helper.person), ()
    if situation is Situation.delivered_recently:
        arrived = finding.delivered_on or this_day
        until = arrived + timedelta(days=rules.delivered_wait_days)
        around = NextStep(step=Step.ask_neighbours, earliest=this_day, latest=until)
        wait = NextStep(step=Step.wait_for_delivery, earliest=this_day, latest=until)
        return refused(situation.value, Helper.bot, until=until.isoformat()), (around, wait)
    steps = track(order, policy, now).next_steps
    helper = Helper.person if situation is Situation.late else Helper.bot
    return refused(situation.value, helper, until=_overdue_on(order, policy, now).isoformat()), steps


def _overdue_on(order: Order, policy: Policy, now: datetime) -> date:
    """The first day on which it would count as lost."""
    due = due_on(order, policy) or today(policy, now)
    return due + timedelta(days=policy.late.grace_days + policy.lost_parcel.overdue_days + 1)


def _about(
    order: Order, situation: Situation, shipment: Shipment | None, policy: Policy, now: datetime
) -> ParcelFinding:
    finding = ParcelFinding(
        order_id=order.id,
        number=order.number,
        situation=situation,
        late_days=late_days(order, policy, now),
        delivered_on=shop_day(policy, order.delivered_at),
        claim=ALLOWED,
    )
    if shipment is None:
        return finding
    return finding.copy(
        update={
            "shipment_id": shipment.id,
            "carrier": shipment.carrier,
            "tracking_number": shipment.tracking_number,
            "tracking_url": shipment.tracking_url,
            "quiet_days": quiet_days(shipment, policy, now),
            "delivered_on": shop_day(policy, shipment.delivered_at) or finding.delivered_on,
        }
    )
