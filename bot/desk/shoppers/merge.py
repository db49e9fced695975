"""A guest who proves to be a known shopper: an order that they proved here is a customer's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.conversations.errors import NotOwner
from bot.conversations.lookup import hold_conversation
from bot.conversations.tables import conversations
from bot.conversations.waiting import tell_agents
from bot.desk.people.agent import Agent
from bot.desk.people.audit import record
from bot.desk.shoppers.shopper import Shopper
from bot.store.api import OrderApi
from bot.store.errors import NotFound


class NotVerified(Exception):
    """Nothing in the conversation proves that the guest is this customer."""


async def proved_customer(api: OrderApi, shopper: Shopper, customer_id: str | None = None) -> str:
    """Whom the guest has proved to be; with ``customer_id``, whether it is they.

    Raises ``NotVerified`` (also where the proofs are of several customers and none is named), and
    ``bot.store.errors.StoreError``.
    """
    if shopper.kind == "customer":
        raise NotVerified
    found: dict[str, None] = {}
    for order_id in shopper.proved_orders:
        try:
            owner = (await api.get_order(order_id)).customer.id
        except NotFound:
            continue
        if owner is not None:
            found[owner] = None
    fitting = [each for each in found if customer_id in (None, each)]
    if len(fitting) != 1:
        raise NotVerified
    return fitting[0]


def merge(connection: Connection, conversation_id: str, agent: Agent, customer_id: str, now: datetime) -> bool:
    """Note who the guest is. False if that was known already.

    ``customer_id``: from ``proved_customer``. Raises ``NotOwner`` for an agent who neither owns the conversation nor
    supervises.
    """
    held = hold_conversation(connection, conversation_id)
    if (held.owner.kind, held.owner.id) != ("agent", agent.id) and not agent.may("supervise"):
        raise NotOwner(held.owner)
    changed = connection.execute(
        update(conversations)
        .where(
            conversations.c.id == conversation_id,
            conversations.c.customer_id.is_(None),
            conversations.c.known_customer_id.is_distinct_from(customer_id),
        )
        .values(known_customer_id=customer_id)
    )
    if changed.rowcount != 1:
        return False
    record(connection, agent, "merged", conversation_id, {"customer_id": customer_id}, now)
    tell_agents(connection, conversation_id)
    return True
