"""What happens after a case is opened, in order."""

from __future__ import annotations

from datetime import datetime

from bot.orders.next_step import NextStep, Step, arrives_after, next_step, then, today
from bot.orders.policy import Policy
from bot.store.models import Wish


def case_steps(
    wish: Wish, policy: Policy, now: datetime, *, review: bool, sends_back: bool, method: str = "", trace: bool = False
) -> tuple[NextStep, ...]:
    """``method``: the payment a refund goes to; ``trace``: the carrier is asked first."""
    this_day = today(policy, now)
    if review:
        return (next_step(Step.review, policy, this_day),)
    steps: list[NextStep] = []
    if trace:
        steps.append(next_step(Step.trace_parcel, policy, this_day))
    elif sends_back:
        steps.append(next_step(Step.return_instructions, policy, this_day))
        steps.append(then(steps[-1], Step.send_back, policy))
        steps.append(then(steps[-1], Step.inspect, policy))
    after = {
        Wish.refund: Step.refund_started,
        Wish.store_credit: Step.store_credit,
        Wish.exchange: Step.send_exchange,
        Wish.replacement: Step.send_replacement,
    }[wish]
    steps.append(then(steps[-1], after, policy) if steps else next_step(after, policy, this_day))
    if wish is Wish.refund:
        steps.append(arrives_after(steps[-1], method, policy))
    return tuple(steps)
