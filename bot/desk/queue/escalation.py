"""Nobody has answered: supervisors are told, and what an agent left behind goes back to the queue."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.conversations.lookup import hold_conversation
from bot.conversations.owner import change_owner
from bot.conversations.records import QUEUE, SYSTEM
from bot.conversations.tables import conversations
from bot.conversations.waiting import tell_agents
from bot.desk.config import DeskConfig
from bot.desk.people.agent import Agent
from bot.desk.people.agents import agent_of
from bot.desk.people.presence import answers_now, gone_since
from bot.desk.queue.events import Outcome, happened
from bot.desk.queue.rules import DeskRules
from bot.desk.tables import agents

_WAITING = (
    conversations.c.owner_kind != "bot",
    conversations.c.status == "open",
    conversations.c.waiting_since.isnot(None),
)


def overdue(connection: Connection, rules: DeskRules, now: datetime) -> list[str]:
    """Conversations to escalate: ``escalate_after`` minutes of opening hours past due, not escalated yet."""
    minutes = rules.config.escalate_after
    rows = connection.execute(
        select(conversations.c.id, conversations.c.due_at)
        .where(
            *_WAITING,
            conversations.c.escalated_at.is_(None),
            conversations.c.due_at <= now - timedelta(minutes=minutes),
        )
        .order_by(conversations.c.due_at)
    )
    return [row.id for row in rows if rules.hours.after(row.due_at, minutes) <= now]


def escalate(connection: Connection, conversation_id: str, rules: DeskRules, now: datetime) -> Outcome:
    held = hold_conversation(connection, conversation_id)
    escalated = connection.execute(
        update(conversations)
        .where(
            conversations.c.id == held.id,
            *_WAITING,
            conversations.c.escalated_at.is_(None),
            conversations.c.due_at <= now - timedelta(minutes=rules.config.escalate_after),
        )
        .values(escalated_at=now)
    )
    if escalated.rowcount != 1:
        return Outcome(held.id, changed=False)
    happened(connection, held.id, None, "escalated", now, data={"owner": held.owner.id})
    tell_agents(connection, held.id)
    return Outcome(held.id, escalated=True)


def left_behind(
    connection: Connection, config: DeskConfig, now: datetime, conversation_id: str | None = None
) -> list[str]:
    """Conversations whose shopper waits for an agent who is gone; of one only, if it is named."""
    people = {row.id: agent_of(row) for row in connection.execute(select(agents))}
    there = [agent_id for agent_id, agent in people.items() if answers_now(agent, now, config)]
    query = select(
        conversations.c.id, conversations.c.waiting_since, conversations.c.owner_since, conversations.c.owner_id
    ).where(*_WAITING, conversations.c.owner_kind == "agent", conversations.c.owner_id.not_in(there))
    if conversation_id is not None:
        query = query.where(conversations.c.id == conversation_id)
    return [
        row.id
        for row in connection.execute(query.order_by(conversations.c.due_at))
        if row.owner_id not in people
        or _too_long_gone(people[row.owner_id], row.waiting_since, row.owner_since, config, now)
    ]


def give_back(connection: Connection, conversation_id: str, config: DeskConfig, now: datetime) -> Outcome:
    """To the queue, as it is: what was said and filled in stays, and so does the time since which its shopper waits."""
    held = hold_conversation(connection, conversation_id)
    if not left_behind(connection, config, now, conversation_id):
        return Outcome(held.id, changed=False)
    change_owner(connection, held.id, expected=held.owner, to=QUEUE, by=SYSTEM, why="agent_gone", now=now)
    happened(connection, held.id, None, "returned", now, detail=held.owner.name or "", data={"from": held.owner.id})
    return Outcome(held.id, owner=QUEUE)


def _too_long_gone(
    agent: Agent, waiting_since: datetime, owner_since: datetime, config: DeskConfig, now: datetime
) -> bool:
    """Their pages are closed for so long; or they are only away, and the shopper has waited for so long.

    Nobody loses at once what they have just taken, though they use the API and never opened a page.
    """
    patience = timedelta(minutes=config.unanswered_returns)
    gone = gone_since(agent, now, config)
    return now - max(owner_since, waiting_since if gone is None else gone) >= patience
