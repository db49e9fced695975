"""A shopper writes into what was put aside: a snoozed conversation wakes, a resolved one goes back to somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.conversations.owner import change_owner
from bot.conversations.queue_rules import QueueRules
from bot.conversations.records import SHOPPER, Conversation
from bot.conversations.tables import conversations


def reopened(connection: Connection, held: Conversation, rules: QueueRules, now: datetime) -> Conversation:
    """The conversation as it stands once its shopper has written again; the caller holds it."""
    if held.owner.kind == "bot" or held.status == "open":
        return held
    owner = held.owner
    if held.status == "resolved":
        owner = rules.still_theirs(connection, held, held.resolved_at or now, now)
    if owner != held.owner:
        change_owner(connection, held.id, expected=held.owner, to=owner, by=SHOPPER, why="wrote_again", now=now)
    connection.execute(
        update(conversations).where(conversations.c.id == held.id).values(status="open", snoozed_until=None)
    )
    return replace(held, owner=owner, status="open")
