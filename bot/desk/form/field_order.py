"""The order that an agent names: by its id or number, found with what the shopper has said and left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from bot.desk.form.candidates import said_to_people
from bot.desk.orders.order_known import FoundOrder, find_order, order_by_id
from bot.desk.shoppers.shopper import Shopper, shopper_of
from bot.orders.policy import Policy
from bot.orders.proof_text import read_proof
from bot.store.api import OrderApi

LONGEST = 200
MOST_TRIED = 5  # things said that may be a proof


@dataclass(frozen=True)
class OrderSought:
    """``said``: what the shopper told people that may prove an order, the latest first."""

    shopper: Shopper
    said: tuple[str, ...]


def sought(connection: Connection, conversation_id: str, since_seq: int) -> OrderSought:
    told = said_to_people(connection, conversation_id, since_seq)
    return OrderSought(shopper_of(connection, conversation_id), tuple(each.text for each in reversed(told)))


async def find_named(api: OrderApi, policy: Policy, where: OrderSought, given: Any) -> FoundOrder | None:
    """``given``: a number or an id, or ``{"number", "proof"}``; what an agent tells apart from the shopper's words.

    Raises ``bot.store.errors.StoreError``.
    """
    wanted, proof = _read(given)
    if not wanted:
        return None
    found = await find_order(api, policy, where.shopper, wanted, proof) or await order_by_id(api, where.shopper, wanted)
    if found is not None or proof:
        return found
    for text in [text for text in where.said if read_proof(text, policy)][:MOST_TRIED]:
        found = await find_order(api, policy, where.shopper, wanted, text)
        if found is not None:
            return found
    return None


def _read(given: Any) -> tuple[str, str]:
    parts = given if isinstance(given, dict) else {"number": given}
    if set(parts) - {"number", "id", "proof"}:
        return "", ""
    wanted, proof = parts.get("id") or parts.get("number") or "", parts.get("proof") or ""
    if not isinstance(wanted, str) or not isinstance(proof, str) or len(wanted) > LONGEST or len(proof) > LONGEST:
        return "", ""
    return wanted.strip(), proof.strip()
