"""A conversation is put aside until a moment, or until its shopper writes (``bot.conversations.reopen``)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.conversations.lookup import hold_conversation
from bot.conversations.queue_rules import QueueRules
from bot.conversations.tables import conversations
from bot.conversations.times import as_text
from bot.conversations.waiting import NOBODY_WAITS, tell_agents
from bot.desk.people.agent import Agent
from bot.desk.queue.claims import need_owner, now_waits
from bot.desk.queue.events import Outcome, happened

LONGEST = timedelta(days=90)


class NoSuchMoment(ValueError):
    """It has passed, or is further away than ``LONGEST``."""


def snooze(connection: Connection, conversation_id: str, agent: Agent, until: datetime, now: datetime) -> Outcome:
    """Raises ``NotOwner``, ``NoSuchMoment``."""
    if not now < until <= now + LONGEST:
        raise NoSuchMoment(until.isoformat())
    held = hold_conversation(connection, conversation_id)
    need_owner(held, agent)
    connection.execute(
        update(conversations)
        .where(conversations.c.id == held.id)
        .values(status="snoozed", snoozed_until=until, **NOBODY_WAITS)
    )
    happened(connection, held.id, agent, "snoozed", now, detail=as_text(until))
    tell_agents(connection, held.id)
    return Outcome(held.id)


def wake(connection: Connection, conversation_id: str, rules: QueueRules, now: datetime) -> Outcome:
    """If its moment has come: open again, and somebody should look at it."""
    held = hold_conversation(connection, conversation_id)
    woken = connection.execute(
        update(conversations)
        .where(
            conversations.c.id == held.id,
            conversations.c.status == "snoozed",
            conversations.c.owner_kind != "bot",
            conversations.c.snoozed_until <= now,
        )
        .values(status="open", snoozed_until=None)
    )
    if woken.rowcount != 1:
        return Outcome(held.id, changed=False)
    now_waits(connection, held, rules, now)
    happened(connection, held.id, None, "woke", now)
    tell_agents(connection, held.id)
    return Outcome(held.id)
