"""The simplest desk: an answer is due in five minutes, somebody is always there, nobody is given anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from bot.conversations.records import BOT, Conversation, Owner


@dataclass
class FiveMinutes:
    reopens_for: timedelta = timedelta(hours=24)
    absent: str | None = None  # what is said when nobody is there
    ratings: list[tuple[int, str]] = field(default_factory=list)

    def due(self, reason: str, since: datetime) -> datetime:
        return since + timedelta(minutes=5)

    def nobody_there(self, connection: Connection, language: str, now: datetime) -> str | None:
        return self.absent

    def handed_over(self, connection: Connection, conversation_id: str, handoff_id: int, now: datetime) -> Owner | None:
        return None

    def still_theirs(self, connection: Connection, held: Conversation, resolved_at: datetime, now: datetime) -> Owner:
        return held.owner if now - resolved_at < self.reopens_for else BOT

    def rated(
        self, connection: Connection, conversation_id: str, *, score: int, comment: str, language: str, now: datetime
    ) -> str | None:
        self.ratings.append((score, comment))
        return f"Thanks ({language})." if len(self.ratings) == 1 else None
