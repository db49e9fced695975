"""What agents do with a conversation leaves two marks: in the audit log, and in the transcript as agents see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from bot.conversations.records import Message, Owner
from bot.desk.conversation.notes import note_event
from bot.desk.people.agent import Agent
from bot.desk.people.audit import record


@dataclass(frozen=True)
class Outcome:
    """What must be announced once the transaction has ended."""

    conversation_id: str
    changed: bool = True
    owner: Owner | None = None  # who has it now, if that changed
    messages: list[Message] = field(default_factory=list)
    given_to: str | None = None  # the agent who got it from somebody else
    escalated: bool = False


def happened(
    connection: Connection,
    conversation_id: str,
    agent: Agent | None,
    what: str,
    now: datetime,
    *,
    detail: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Audit, and a note of kind ``event`` whose text is ``what`` or ``what: detail`` (the page has the words for it).

    ``what``: claimed, taken_over, assigned, transferred, released, returned (its agent is gone), snoozed (detail: ISO
    8601), woke, resolved, reopened, escalated. ``detail`` of an owner change is who has it now or had it.
    """
    record(connection, agent, what, conversation_id, data or {}, now)
    note_event(connection, conversation_id, agent, f"{what}: {detail}" if detail else what, now)
