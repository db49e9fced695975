"""Conversations of the same shopper: the same customer, or the same order."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from bot.conversations.tables import conversations
from bot.desk.shoppers.shopper import Shopper

MOST = 50


def conversations_of(connection: Connection, shopper: Shopper, limit: int = MOST) -> list[str]:
    """Ids, newest first, without this one.

    By customer: whom the shop has signed for, or who proved to be them. By order: conversations that went to people
    with one of the orders that this one went to people with.
    """
    same = [conversations.c.order_number.in_(shopper.order_numbers)] if shopper.order_numbers else []
    if shopper.customers:
        same.append(conversations.c.customer_id.in_(shopper.customers))
        same.append(conversations.c.known_customer_id.in_(shopper.customers))
    if not same:
        return []
    found = connection.execute(
        select(conversations.c.id)
        .where(
            or_(*same),
            conversations.c.id != shopper.conversation_id,
            conversations.c.last_message_at.isnot(None),
        )
        .order_by(conversations.c.created_at.desc())
        .limit(limit)
    )
    return [row.id for row in found]
