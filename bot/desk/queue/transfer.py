"""An agent passes a conversation on, to another agent or to a team, with a note."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.conversations.lookup import hold_conversation
from bot.conversations.owner import change_owner
from bot.conversations.queue_rules import QueueRules
from bot.conversations.records import QUEUE, Conversation
from bot.conversations.tables import conversations
from bot.conversations.waiting import tell_agents
from bot.desk.config import DeskConfig
from bot.desk.conversation.notes import add_note
from bot.desk.people.agent import Agent
from bot.desk.people.presence import answers_now
from bot.desk.queue.claims import NotPresent, hand_to, need_owner, now_waits
from bot.desk.queue.events import Outcome, happened


def transfer_to_agent(
    connection: Connection,
    conversation_id: str,
    to: Agent,
    *,
    by: Agent,
    note: str,
    rules: QueueRules,
    config: DeskConfig,
    now: datetime,
) -> Outcome:
    """Raises ``NotOwner``, ``NotPresent``."""
    held = hold_conversation(connection, conversation_id)
    need_owner(held, by)
    if held.owner.id == to.id:
        return Outcome(held.id, changed=False)
    if not answers_now(to, now, config):
        raise NotPresent
    _keep(connection, held, by, note, now)
    passed = hand_to(connection, held, to, by=by, why="transferred", detail=to.name, now=now)
    now_waits(connection, held, rules, now)
    return passed


def transfer_to_team(
    connection: Connection,
    conversation_id: str,
    team: str,
    *,
    by: Agent,
    note: str,
    rules: QueueRules,
    now: datetime,
) -> Outcome:
    """Into the queue, for this team's people. ``team``: one of the configuration's. Raises ``NotOwner``."""
    held = hold_conversation(connection, conversation_id)
    need_owner(held, by)
    _keep(connection, held, by, note, now)
    if held.owner.kind != "queue":
        change_owner(connection, held.id, expected=held.owner, to=QUEUE, by=by.author, why="transferred", now=now)
    connection.execute(
        update(conversations).where(conversations.c.id == held.id).values(team=team, status="open", snoozed_until=None)
    )
    now_waits(connection, held, rules, now)
    happened(connection, held.id, by, "transferred", now, detail=team, data={"from": held.owner.id, "team": team})
    tell_agents(connection, held.id)
    return Outcome(held.id, owner=QUEUE if held.owner.kind != "queue" else None)


def _keep(connection: Connection, held: Conversation, by: Agent, note: str, now: datetime) -> None:
    if note.strip():
        add_note(connection, held.id, by, text=note.strip(), now=now)
