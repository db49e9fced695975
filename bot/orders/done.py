"""What a write left behind."""

from __future__ import annotations

from bot.orders.next_step import NextStep
from bot.orders.verdict import JobData
from bot.store.models import Case, Order


class Done(JobData):
    """``order`` as it is now; ``case`` when one was opened; ``next_steps`` in the order they happen."""

    order: Order
    case: Case | None = None
    next_steps: tuple[NextStep, ...] = ()
    refund_differs: bool = False  # the store promised another amount than the preview: ``case.refund`` counts
