"""Why the bot would not have done what an agent is about to do: shown before the yes, kept with the write."""

from __future__ import annotations

from typing import Any

from bot.desk.orders.jobs.job import Counter, DeskJob, why_not
from bot.orders.verdict import Refused, Verdict
from bot.store.models import Order
from bot.wording.tongue import Tongue


async def bots_refusal(
    job: DeskJob, order: Order, counter: Counter, values: dict[str, Any] | None = None
) -> Verdict | None:
    """The bot's verdict on the job, or on these very ``values``; ``None`` where the bot may do it too.

    Raises ``WrongValue``, ``StoreError``.
    """
    bots = counter.of_bot()
    verdict = job.verdict(order, bots)
    if not verdict.allowed:
        return verdict
    if values is not None:
        try:
            await job.preview(order, values, bots)
        except Refused as no:
            return no.verdict
    return None


def left_to_person(verdict: Verdict | None, tongue: Tongue) -> dict[str, Any]:
    """``{"left_to_person": {reason, sentence}}``, or nothing."""
    if verdict is None:
        return {}
    return {"left_to_person": {"reason": verdict.reason, "sentence": why_not(verdict, tongue)}}
