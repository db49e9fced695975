"""A conversation is done with, and taken up again: by the same agent if they are there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.conversations.lookup import hold_conversation
from bot.conversations.owner import change_owner
from bot.conversations.queue_rules import QueueRules
from bot.conversations.records import QUEUE
from bot.conversations.say import Sentence
from bot.conversations.tables import conversations
from bot.conversations.waiting import NOBODY_WAITS, tell_agents
from bot.desk.config import DeskConfig
from bot.desk.outward.satisfaction import ask
from bot.desk.people.agent import Agent
from bot.desk.people.agents import get_agent
from bot.desk.people.presence import answers_now
from bot.desk.queue.claims import need_owner, now_waits
from bot.desk.queue.events import Outcome, happened


def resolve(
    connection: Connection, conversation_id: str, agent: Agent, *, question: Sentence, now: datetime
) -> Outcome:
    """The owner stays, so that it can come back to them. Raises ``NotOwner``.

    ``question``: how the shopper is asked, once, whether they are content.
    """
    held = hold_conversation(connection, conversation_id)
    need_owner(held, agent)
    if held.status == "resolved":
        return Outcome(held.id, changed=False)
    connection.execute(
        update(conversations)
        .where(conversations.c.id == held.id)
        .values(status="resolved", resolved_at=now, snoozed_until=None, **NOBODY_WAITS)
    )
    happened(connection, held.id, agent, "resolved", now, data={"owner": held.owner.id})
    asked = ask(connection, held.id, agent, question, now)
    tell_agents(connection, held.id)
    return Outcome(held.id, messages=asked)


def reopen(
    connection: Connection, conversation_id: str, agent: Agent, *, rules: QueueRules, config: DeskConfig, now: datetime
) -> Outcome:
    """What is resolved or snoozed is open again, with the agent who had it; in the queue if they are not there.

    Raises ``NotOwner`` if the bot has it.
    """
    held = hold_conversation(connection, conversation_id)
    if held.owner.kind == "bot":
        need_owner(held, agent)
    if held.status == "open":
        return Outcome(held.id, changed=False)
    connection.execute(
        update(conversations).where(conversations.c.id == held.id).values(status="open", snoozed_until=None)
    )
    happened(connection, held.id, agent, "reopened", now)
    theirs = held.owner.id
    stays = theirs is None or theirs == agent.id or answers_now(get_agent(connection, theirs), now, config)
    if not stays:
        change_owner(connection, held.id, expected=held.owner, to=QUEUE, by=agent.author, why="reopened", now=now)
    if theirs != agent.id:
        now_waits(connection, held, rules, now)
    tell_agents(connection, held.id)
    given_to = theirs if stays and theirs != agent.id else None
    return Outcome(held.id, owner=None if stays else QUEUE, given_to=given_to)
