"""Where the money is: each refund of an order, when it is expected and whether it is overdue. Read only."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from bot.orders.next_step import NextStep, Step, arrives_after, next_step, refund_arrives, shop_day, then, today
from bot.orders.policy import Policy
from bot.orders.refund_amount import paid_amount, promised_refunds, refunded_amount
from bot.orders.verdict import JobData
from bot.store.models import Case, CaseState, Order, OrderState, Payment, PaymentKind, PaymentState, Wish
from bot.store.money import Money

STORE_CREDIT = "store credit"


class RefundState(str, Enum):
    waiting_review = "waiting_review"  # a person looks at the case
    waiting_parcel = "waiting_parcel"  # the goods have to come back first
    inspecting = "inspecting"
    starting = "starting"  # decided, not sent yet
    sent = "sent"  # on its way to the shopper's account
    arrived = "arrived"  # must be there by now
    failed = "failed"  # the payment was refused: a person must look


class RefundEntry(JobData):
    """``next_steps`` end with ``refund_arrives``; ``overdue``: it ought to have been sent by now."""

    state: RefundState
    amount: Money
    method: str = ""
    case_number: str = ""
    sent_at: datetime | None = None
    overdue: bool = False
    next_steps: tuple[NextStep, ...] = ()


class RefundStatus(JobData):
    order_id: str
    number: str
    entries: tuple[RefundEntry, ...]

    @property
    def needs_person(self) -> bool:
        return any(entry.overdue or entry.state is RefundState.failed for entry in self.entries)


def refund_status(order: Order, policy: Policy, now: datetime) -> RefundStatus:
    """No entries: nothing was or will be refunded."""
    entries = [_payment_entry(payment, policy, now) for payment in order.payments if payment.kind is PaymentKind.refund]
    promised = dict(promised_refunds(order))
    entries += [
        _case_entry(order, case, promised[case.number], policy, now) for case in order.cases if case.number in promised
    ]
    paid = paid_amount(order)
    if order.state is OrderState.cancelled and paid is not None:
        missing = paid - refunded_amount(order)
        if missing.amount > 0:
            entries.append(_cancelled_entry(order, missing, policy, now))
    return RefundStatus(order_id=order.id, number=order.number, entries=tuple(entries))


def original_method(order: Order) -> str:
    """The name of what the order was paid with; empty when unknown."""
    paid = [payment.method for payment in order.payments if payment.kind is PaymentKind.payment]
    return paid[0] if paid else ""


def _payment_entry(payment: Payment, policy: Policy, now: datetime) -> RefundEntry:
    day = shop_day(policy, payment.at)
    entry = RefundEntry(state=RefundState.sent, amount=payment.amount, method=payment.method, sent_at=payment.at)
    if payment.state is PaymentState.failed:
        return entry.copy(update={"state": RefundState.failed, "sent_at": None})
    if payment.state is PaymentState.pending:
        start = next_step(Step.refund_started, policy, day or today(policy, now))
        return _starting(start, payment.amount, payment.method, policy, now)
    if day is None:
        return entry
    arrives = refund_arrives(policy, payment.method, day, day)
    arrived = arrives.latest is not None and arrives.latest < today(policy, now)
    state = RefundState.arrived if arrived else RefundState.sent
    return entry.copy(update={"state": state, "next_steps": (arrives,)})


def _cancelled_entry(order: Order, missing: Money, policy: Policy, now: datetime) -> RefundEntry:
    start = next_step(Step.refund_started, policy, shop_day(policy, order.cancelled_at) or today(policy, now))
    return _starting(start, missing, original_method(order), policy, now)


def _case_entry(order: Order, case: Case, refund: Money, policy: Policy, now: datetime) -> RefundEntry:
    this_day = today(policy, now)
    if case.state is CaseState.requested:
        state, first = RefundState.waiting_review, next_step(Step.review, policy, this_day)
    elif case.state is CaseState.approved:
        state, first = RefundState.waiting_parcel, next_step(Step.send_back, policy, this_day)
    else:
        state, first = RefundState.inspecting, next_step(Step.inspect, policy, this_day)
    method = STORE_CREDIT if case.wish is Wish.store_credit else original_method(order)
    steps: tuple[NextStep, ...] = (first,)
    if state is not RefundState.waiting_review:  # after a review the way is not known yet
        started = then(first, Step.refund_started, policy)
        steps += (started, arrives_after(started, method, policy))
    return RefundEntry(state=state, amount=refund, method=method, case_number=case.number, next_steps=steps)


def _starting(start: NextStep, amount: Money, method: str, policy: Policy, now: datetime) -> RefundEntry:
    overdue = start.latest is not None and start.latest < today(policy, now)
    steps = (start, arrives_after(start, method, policy))
    return RefundEntry(state=RefundState.starting, amount=amount, method=method, overdue=overdue, next_steps=steps)
