"""Whose order is it? Before this has said "proved", nobody sees anything of an order.

A wrong number, a wrong proof and somebody else's order give the same answer after the same time, and wrong attempts are
limited by conversation, by network address and by order number.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import Enum

from bot.orders.attempts import Attempts
from bot.orders.order_number import number_candidates, number_core
from bot.orders.policy import Policy
from bot.orders.proof_text import read_proof
from bot.orders.verdict import JobData
from bot.store.api import OrderApi
from bot.store.errors import NotFound
from bot.store.models import Order, Proof

NEWEST = 50  # as many of a customer's orders as a store hands out at once


class ProofOutcome(str, Enum):
    proved = "proved"
    not_found = "not_found"  # wrong number, wrong proof, not theirs: never told apart
    rate_limited = "rate_limited"


class ProofResult(JobData):
    """``order`` when proved; ``retry_after`` in seconds when limited."""

    outcome: ProofOutcome
    order: Order | None = None
    retry_after: float = 0.0


class Asker(JobData):
    """Who tries: the conversation and the hash of the network address (``context.client_ref``)."""

    conversation_id: str
    client_ref: str = ""


async def prove_guest(
    api: OrderApi,
    attempts: Attempts,
    policy: Policy,
    *,
    asker: Asker,
    number: str,
    proof: str,
    now: datetime,
) -> ProofResult:
    """``number`` and ``proof`` as typed. Raises ``Unavailable`` (not counted) when the store can't answer."""
    who = {
        "conversation": asker.conversation_id,
        "address": asker.client_ref,
        "order": number_core(number) or number.strip().lower(),
    }

    async def counted() -> ProofResult:
        attempt = await attempts.begin(who, policy.proof.limits, now)
        if attempt.retry_after > 0:
            return ProofResult(outcome=ProofOutcome.rate_limited, retry_after=attempt.retry_after)
        try:
            order = await _find(api, policy, number, proof)
        except Exception:
            await attempts.forgive(attempt)
            raise
        if order is None:
            return ProofResult(outcome=ProofOutcome.not_found)
        await attempts.forgive(attempt)
        return ProofResult(outcome=ProofOutcome.proved, order=order)

    return await _in_steps(policy, counted)


async def prove_customer(
    api: OrderApi, policy: Policy, *, customer_id: str, number: str, email: str = ""
) -> ProofResult:
    """``customer_id`` and ``email`` from the shop's signature: only that customer's own orders are ever found.

    The email finds orders older than the newest 50.
    """
    return await _in_steps(policy, lambda: _prove_customer(api, policy, customer_id, number, email))


async def _find(api: OrderApi, policy: Policy, number: str, proof: str) -> Order | None:
    # Every pair is tried, hit or not: the work depends on what was typed, never on what exists.
    pairs = [(typed, known) for typed in number_candidates(number, policy) for known in read_proof(proof, policy)]
    found = await asyncio.gather(*(_look_up(api, typed, known) for typed, known in pairs))
    return next((order for order in found if order is not None), None)


async def _look_up(api: OrderApi, number: str, proof: Proof) -> Order | None:
    try:
        return await api.find_order(number, proof)
    except NotFound:
        return None


async def _prove_customer(api: OrderApi, policy: Policy, customer_id: str, number: str, email: str) -> ProofResult:
    wanted = number_core(number)
    newest = await api.orders_of(customer_id, NEWEST)
    named = [order for order in newest if wanted and number_core(order.number) == wanted]
    if not named and wanted and email:
        older = await _find(api, policy, number, email)
        named = [older] if older else []
    for order in named:
        if order.customer.id == customer_id:
            return ProofResult(outcome=ProofOutcome.proved, order=order)
    return ProofResult(outcome=ProofOutcome.not_found)


async def _in_steps(policy: Policy, work: Callable[[], Awaitable[ProofResult]]) -> ProofResult:
    """The answer, or the error, leaves at a whole multiple of the floor: the store's own pace does not show."""
    floor = policy.proof.floor_milliseconds / 1000
    began = time.monotonic()
    try:
        return await work()
    finally:
        if floor > 0:
            spent = time.monotonic() - began
            await asyncio.sleep(floor * (int(spent / floor) + 1) - spent)
