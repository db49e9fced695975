"""Reports a parcel that never came, and asks for a new one or the money."""

from __future__ import annotations

from datetime import datetime

from bot.orders.case_steps import case_steps
from bot.orders.case_writing import open_case, opened_since
from bot.orders.done import Done
from bot.orders.next_step import NextStep
from bot.orders.parcel_finding import ParcelFinding, look_for_parcel
from bot.orders.parcel_situation import Situation
from bot.orders.policy import Policy
from bot.orders.reasons import Review
from bot.orders.refund_amount import paid_amount, refundable_amount
from bot.orders.refund_status import original_method
from bot.orders.returns import Outcome
from bot.orders.verdict import ALLOWED, ChangedMeanwhile, Helper, JobData, Refused, Verdict, refused, supported
from bot.store.api import OrderApi
from bot.store.models import Ability, CaseKind, CaseRequest, Order, Wish
from bot.store.money import Money

__all__ = ["LostPreview", "look_for_parcel", "may_report_lost", "perform_lost", "preview_lost"]


class LostPreview(JobData):
    """``refund`` only where that is the wish; ``cases_before``: the numbers of the cases the order had."""

    order_id: str
    number: str
    situation: Situation
    shipment_id: str | None
    tracking_number: str
    wish: Wish
    note: str
    value: Money
    outcome: Outcome
    review_reasons: tuple[Review, ...]
    refund: Money | None
    refund_method: str
    next_steps: tuple[NextStep, ...]
    cases_before: tuple[str, ...]


def may_report_lost(
    order: Order, policy: Policy, now: datetime, abilities: frozenset[Ability] | None = None
) -> Verdict:
    """The finding's ``claim``, or not_supported."""
    claim = look_for_parcel(order, policy, now).claim
    return supported(Ability.lost_parcel, abilities) if claim.allowed else claim


def preview_lost(
    order: Order,
    wish: Wish,
    policy: Policy,
    now: datetime,
    *,
    note: str = "",
    shipment_id: str | None = None,
) -> LostPreview:
    """Raises ``Refused``: the finding's ``claim``, or wish_not_offered."""
    finding = look_for_parcel(order, policy, now, shipment_id)
    verdict = finding.claim
    if verdict.allowed and wish not in policy.lost_parcel.wishes:
        verdict = refused("wish_not_offered", Helper.bot, wish=wish.value)
    if not verdict.allowed:
        raise Refused(verdict)
    value = refundable_amount(order)
    reviews = _review_reasons(order, finding, value, policy)
    method = original_method(order) if wish is Wish.refund else ""
    return LostPreview(
        order_id=order.id,
        number=order.number,
        situation=finding.situation,
        shipment_id=finding.shipment_id,
        tracking_number=finding.tracking_number,
        wish=wish,
        note=note,
        value=value,
        outcome=Outcome.review if reviews else Outcome.approved,
        review_reasons=reviews,
        refund=value if wish in {Wish.refund, Wish.store_credit} and Review.part_of_order not in reviews else None,
        refund_method=method,
        next_steps=case_steps(
            wish,
            policy,
            now,
            review=bool(reviews),
            sends_back=False,
            method=method,
            trace=finding.situation is not Situation.lost,
        ),
        cases_before=tuple(case.number for case in order.cases),
    )


async def perform_lost(api: OrderApi, preview: LostPreview, policy: Policy, now: datetime, *, key: str) -> Done:
    """Raises ``ChangedMeanwhile`` when the parcel has turned up, or another sum is at stake."""
    order = await api.get_order(preview.order_id)
    request = CaseRequest(
        kind=CaseKind.lost_parcel, reason=preview.situation.value, wish=preview.wish, note=_note(preview)
    )
    if not opened_since(order, request, preview.cases_before):
        try:
            fresh = preview_lost(order, preview.wish, policy, now, note=preview.note, shipment_id=preview.shipment_id)
        except Refused as no:
            raise ChangedMeanwhile(order, no.verdict) from no
        unimportant = {"next_steps": preview.next_steps, "cases_before": preview.cases_before}
        if fresh.copy(update=unimportant) != preview:
            raise ChangedMeanwhile(order, ALLOWED)
    after, case = await open_case(api, order, request, key)
    return Done(order=after, case=case, next_steps=preview.next_steps)


def _review_reasons(order: Order, finding: ParcelFinding, value: Money, policy: Policy) -> tuple[Review, ...]:
    rules = policy.lost_parcel
    checks = {
        Review.over_value: not rules.automatic_up_to.covers(value),
        Review.marked_delivered: finding.situation is Situation.delivered and rules.delivered_claims is not Helper.bot,
        Review.part_of_order: len(order.shipments)
        > 1,  # a case is about the whole order: a person says what is missing
        Review.payment_unknown: paid_amount(order) is None,
    }
    return tuple(reason for reason, applies in checks.items() if applies)


def _note(preview: LostPreview) -> str:
    """The parcel's number goes first: the store's case does not name it."""
    return " ".join(part for part in (preview.tracking_number, preview.note) if part)
