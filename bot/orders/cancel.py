"""Cancels a whole order before it leaves; what was paid goes back the way it came."""

from __future__ import annotations

from datetime import datetime

from bot.orders.address import something_left
from bot.orders.done import Done
from bot.orders.next_step import NextStep, Step, arrives_after, next_step, today
from bot.orders.policy import Policy
from bot.orders.refund_amount import paid_amount, refunded_amount
from bot.orders.verdict import ChangedMeanwhile, Helper, JobData, Refused, Verdict, refused, supported
from bot.store.api import OrderApi
from bot.store.models import Ability, Order, OrderState, PaymentKind, PaymentState
from bot.store.money import Money
from bot.store.settle import settle


class RefundPart(JobData):
    """What goes back to one payment method; ``arrives`` counts from the cancelling."""

    method: str
    amount: Money
    arrives: NextStep


class CancelPreview(JobData):
    """``refunds`` is empty for an order that was not paid."""

    order_id: str
    number: str
    reason: str
    total: Money
    titles: tuple[str, ...]
    refunds: tuple[RefundPart, ...]
    next_steps: tuple[NextStep, ...]


def may_cancel(order: Order, policy: Policy, now: datetime, abilities: frozenset[Ability] | None = None) -> Verdict:
    """Reasons: already_cancelled, already_returned, already_delivered, already_shipped, already_packed,
    items_already_changed, not_in_this_state, not_supported. For a delivered order, offer a return."""
    if order.state in {OrderState.cancelled, OrderState.returned, OrderState.delivered}:
        return refused(f"already_{order.state.value}", Helper.nobody)
    if something_left(order):
        return refused("already_shipped", Helper.person)
    if order.items_changed and not policy.cancel.after_items_changed:
        return refused("items_already_changed", Helper.person)
    if order.state in policy.cancel.person_states:
        reason = "already_packed" if order.state is OrderState.packed else "not_in_this_state"
        return refused(reason, Helper.person, state=order.state.value)
    if order.state not in policy.cancel.states:
        return refused("not_in_this_state", Helper.nobody, state=order.state.value)
    return supported(Ability.cancel, abilities)


def preview_cancel(order: Order, reason: str, policy: Policy, now: datetime) -> CancelPreview:
    """Raises ``Refused``: the verdict of ``may_cancel``, or unknown_reason."""
    verdict = may_cancel(order, policy, now)
    if verdict.allowed and reason not in policy.cancel.reasons:
        verdict = refused("unknown_reason", Helper.bot, reasons=policy.cancel.reasons)
    if not verdict.allowed:
        raise Refused(verdict)
    started = next_step(Step.refund_started, policy, today(policy, now))
    refunds = tuple(
        RefundPart(method=method, amount=amount, arrives=arrives_after(started, method, policy))
        for method, amount in _refunds(order)
    )
    steps = (started, *(part.arrives for part in refunds)) if refunds else ()
    return CancelPreview(
        order_id=order.id,
        number=order.number,
        reason=reason,
        total=order.total,
        titles=tuple(line.title for line in order.lines),
        refunds=refunds,
        next_steps=steps,
    )


async def perform_cancel(api: OrderApi, preview: CancelPreview, policy: Policy, now: datetime, *, key: str) -> Done:
    """Raises ``ChangedMeanwhile`` when it has left meanwhile or another sum was paid."""
    order = await api.get_order(preview.order_id)
    if order.state is not OrderState.cancelled:  # else it is done already: a repeated turn
        verdict = may_cancel(order, policy, now)
        shown = [(part.method, part.amount) for part in preview.refunds]
        if not verdict.allowed or shown != _refunds(order):
            raise ChangedMeanwhile(order, verdict)
        order = await settle(lambda: api.cancel(preview.order_id, preview.reason, key=key), key=key)
    return Done(order=order, next_steps=preview.next_steps)


def _refunds(order: Order) -> list[tuple[str, Money]]:
    """Each payment received, less what already went back (taken from the last payment first)."""
    paid = paid_amount(order)
    if paid is None:
        return []
    received = [
        payment
        for payment in order.payments
        if payment.kind is PaymentKind.payment and payment.state is PaymentState.done
    ]
    left = (paid - refunded_amount(order)).amount
    parts = []
    for payment in received:
        amount = min(left, payment.amount.amount)
        if amount > 0:
            parts.append((payment.method, Money(amount=amount, currency=paid.currency)))
            left -= amount
    return parts
