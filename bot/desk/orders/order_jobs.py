"""Which jobs the shop's rules allow for an order, why not, and what each needs to know."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.conversations.tables import messages
from bot.desk.orders.jobs.all_jobs import JOBS
from bot.desk.orders.jobs.job import Counter, DeskJob, why_not
from bot.desk.orders.jobs.left_to_person import bots_refusal, left_to_person
from bot.store.models import Order
from bot.wording.tongue import Tongue


async def jobs_for(order: Order, counter: Counter, tongue: Tongue) -> list[dict[str, Any]]:
    """One entry a job: ``{job, allowed, form}`` or ``{job, allowed, reason, sentence_key, sentence, helper}``; with
    ``left_to_person: {reason, sentence}`` where the bot may not do what is allowed here.

    Raises ``bot.store.errors.StoreError``.
    """
    return [await _job(job, order, counter, tongue) for job in JOBS.values()]


def photos_sent(connection: Connection, conversation_id: str) -> tuple[str, ...]:
    """The ids of the shopper's photos, oldest first."""
    query = (
        select(messages.c.card)
        .where(
            messages.c.conversation_id == conversation_id,
            messages.c.author_kind == "shopper",
            messages.c.card.isnot(None),
        )
        .order_by(messages.c.seq)
    )
    cards = [row.card for row in connection.execute(query)]
    return tuple(str(card["photo_id"]) for card in cards if card.get("type") == "photo")


async def _job(job: DeskJob, order: Order, counter: Counter, tongue: Tongue) -> dict[str, Any]:
    verdict = job.verdict(order, counter)
    shown: dict[str, Any] = {"job": job.name, "allowed": verdict.allowed}
    if verdict.allowed:
        more = left_to_person(await bots_refusal(job, order, counter), tongue)
        return {**shown, **more, "form": await job.form(order, counter, tongue)}
    return {
        **shown,
        "reason": verdict.reason,
        "sentence_key": f"why_not.{verdict.reason}",
        "sentence": why_not(verdict, tongue),
        "helper": verdict.helper.value,
    }
