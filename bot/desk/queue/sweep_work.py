"""What is due by time alone: looked for in one read, each done in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.conversations.tables import conversations
from bot.desk.queue.assignment import drain, may_drain
from bot.desk.queue.escalation import escalate, give_back, left_behind, overdue
from bot.desk.queue.events import Outcome
from bot.desk.queue.rules import DeskRules
from bot.desk.queue.snooze import wake


@dataclass(frozen=True)
class Task:
    """``do`` changes nothing if it is not due any more."""

    what: str
    do: Callable[[Connection], list[Outcome]]
    conversation_id: str | None = None


def due_by_time(connection: Connection, rules: DeskRules, now: datetime) -> list[Task]:
    """Snoozed conversations wake, those of agents who are gone go back, unanswered ones escalate."""
    config = rules.config
    snoozed = select(conversations.c.id).where(
        conversations.c.status == "snoozed", conversations.c.snoozed_until <= now, conversations.c.owner_kind != "bot"
    )
    woken = [row.id for row in connection.execute(snoozed)]
    return [
        *(_task("wake", each, lambda c, i: wake(c, i, rules, now)) for each in woken),
        *(
            _task("give_back", each, lambda c, i: give_back(c, i, config, now))
            for each in left_behind(connection, config, now)
        ),
        *(_task("escalate", each, lambda c, i: escalate(c, i, rules, now)) for each in overdue(connection, rules, now)),
    ]


def to_assign(connection: Connection, rules: DeskRules, now: datetime) -> list[Task]:
    """What waits in the queue goes to those who have room."""
    if not may_drain(connection, now, rules.config):
        return []
    return [Task("assign", lambda connection: given_now(connection, rules, now))]


def given_now(connection: Connection, rules: DeskRules, now: datetime) -> list[Outcome]:
    """Give what waits, if that is the desk's way."""
    if rules.config.assignment != "automatic":
        return []
    given = drain(connection, now, rules.config)
    return [Outcome(each.conversation_id, owner=each.agent.owner, given_to=each.agent.id) for each in given]


def _task(what: str, conversation_id: str, do: Callable[[Connection, str], Outcome]) -> Task:
    return Task(what, lambda connection: [do(connection, conversation_id)], conversation_id)
