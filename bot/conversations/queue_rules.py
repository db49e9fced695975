"""What the log asks of the desk when a conversation waits for a person; ``bot.desk.queue.rules`` answers."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy.engine import Connection

from bot.conversations.records import Conversation, Owner


class QueueRules(Protocol):
    """Called inside the transaction that changes the conversation: what these write is written with it."""

    def due(self, reason: str, since: datetime) -> datetime:
        """When a person should have answered a shopper who waits since then."""
        ...

    def nobody_there(self, connection: Connection, language: str, now: datetime) -> str | None:
        """The sentence that says when somebody will be there; None while somebody is."""
        ...

    def handed_over(self, connection: Connection, conversation_id: str, handoff_id: int, now: datetime) -> Owner | None:
        """A conversation has just come to the queue with its record; the agent it was given to, if it was."""
        ...

    def still_theirs(self, connection: Connection, held: Conversation, resolved_at: datetime, now: datetime) -> Owner:
        """Who gets a resolved conversation whose shopper writes again: the same agent, the queue, or the bot."""
        ...

    def rated(
        self, connection: Connection, conversation_id: str, *, score: int, comment: str, language: str, now: datetime
    ) -> str | None:
        """The shopper says how it was, from 1 to 5; the sentence that thanks them, None if they had said it before."""
        ...
