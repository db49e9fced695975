"""Agents take conversations, are given them and let them go. Of two who claim, one gets it, the other hears who."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.conversations.errors import NotOwner
from bot.conversations.lookup import hold_conversation
from bot.conversations.owner import change_owner, owner_of
from bot.conversations.queue_rules import QueueRules
from bot.conversations.records import QUEUE, Conversation
from bot.conversations.tables import conversations
from bot.conversations.turns import has_open_turn
from bot.conversations.waiting import shopper_waits
from bot.desk.config import DeskConfig
from bot.desk.people.agent import Agent
from bot.desk.people.presence import answers_now
from bot.desk.queue.events import Outcome, happened


class AlreadyTaken(NotOwner):
    """Somebody else was quicker; ``owner`` is who."""


class NotPresent(Exception):
    """The agent is away, or answers no shoppers: nothing can be given to them."""


class NotAllowed(Exception):
    """This takes a supervisor."""


def claim(connection: Connection, conversation_id: str, agent: Agent, now: datetime) -> Outcome:
    """From the queue. Raises ``AlreadyTaken``, ``NoConversation``."""
    held = hold_conversation(connection, conversation_id)
    if held.owner == agent.owner:
        return Outcome(held.id, changed=False)
    if held.owner.kind != "queue":
        raise AlreadyTaken(held.owner)
    return hand_to(connection, held, agent, by=agent, why="claimed", now=now)


def take_over(
    connection: Connection, conversation_id: str, supervisor: Agent, rules: QueueRules, now: datetime
) -> Outcome:
    """From whoever has it, the bot too. The caller has checked that it is a supervisor."""
    held = hold_conversation(connection, conversation_id)
    if held.owner.id == supervisor.id:
        return Outcome(held.id, changed=False)
    unanswered = held.owner.kind == "bot" and has_open_turn(connection, held.id)
    taken = hand_to(
        connection,
        held,
        supervisor,
        by=supervisor,
        why="taken_over",
        detail=held.owner.name or held.owner.kind,
        now=now,
    )
    if unanswered:
        now_waits(connection, held, rules, now)
    return taken


def release(connection: Connection, conversation_id: str, agent: Agent, rules: QueueRules, now: datetime) -> Outcome:
    """Back into the queue. Raises ``NotOwner``."""
    held = hold_conversation(connection, conversation_id)
    need_owner(held, agent)
    if held.owner.kind == "queue":
        return Outcome(held.id, changed=False)
    change_owner(connection, held.id, expected=held.owner, to=QUEUE, by=agent.author, why="released", now=now)
    _open(connection, held)
    now_waits(connection, held, rules, now)
    happened(connection, held.id, agent, "released", now, data={"from": held.owner.id})
    return Outcome(held.id, owner=QUEUE)


def assign(
    connection: Connection, conversation_id: str, to: Agent, *, by: Agent, config: DeskConfig, now: datetime
) -> Outcome:
    """To oneself from the queue; a supervisor: to anybody who is there, from anybody.

    Raises ``AlreadyTaken``, ``NotAllowed``, ``NotPresent``.
    """
    held = hold_conversation(connection, conversation_id)
    if held.owner.id == to.id:
        return Outcome(held.id, changed=False)
    if not by.may("supervise"):
        if to.id != by.id:
            raise NotAllowed
        return claim(connection, conversation_id, by, now)
    if to.id != by.id and not answers_now(to, now, config):
        raise NotPresent
    return hand_to(connection, held, to, by=by, why="assigned", detail=to.name, now=now)


def hand_to(
    connection: Connection,
    held: Conversation,
    to: Agent,
    *,
    by: Agent,
    why: str,
    now: datetime,
    detail: str = "",
) -> Outcome:
    """Whatever it was put aside for: with its new owner it is open. Raises ``AlreadyTaken``."""
    if not change_owner(connection, held.id, expected=held.owner, to=to.owner, by=by.author, why=why, now=now):
        raise AlreadyTaken(owner_of(connection, held.id))
    _open(connection, held)
    happened(connection, held.id, by, why, now, detail=detail, data={"from": held.owner.id, "to": to.id})
    return Outcome(held.id, owner=to.owner, given_to=None if to.id == by.id else to.id)


def need_owner(held: Conversation, agent: Agent) -> None:
    """The agent has it, or is a supervisor and some person or the queue has it. Raises ``NotOwner``."""
    if held.owner.id != agent.id and (held.owner.kind == "bot" or not agent.may("supervise")):
        raise NotOwner(held.owner)


def now_waits(connection: Connection, held: Conversation, rules: QueueRules, now: datetime) -> None:
    """Somebody should look at it from now on, if nobody was to yet."""
    shopper_waits(connection, held.id, since=now, due_at=rules.due(held.reason, now))


def _open(connection: Connection, held: Conversation) -> None:
    if held.status != "open":
        connection.execute(
            update(conversations).where(conversations.c.id == held.id).values(status="open", snoozed_until=None)
        )
