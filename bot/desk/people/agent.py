"""Who works at the desk, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.conversations.records import Author, Owner

Role = Literal["agent", "supervisor", "trainer", "admin"]
Permission = Literal["read", "note", "personal", "answer", "supervise", "audit", "manage"]

# read: queue and transcripts (a trainer's are masked); personal: contact, orders, history; answer: own and answer
# conversations, fill in, order jobs; supervise: take over, whisper, assign, bulk; manage: agents, outbox.
_AGENT: frozenset[Permission] = frozenset({"read", "note", "personal", "answer"})
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    "trainer": frozenset({"read", "note"}),
    "agent": _AGENT,
    "supervisor": _AGENT | {"supervise", "audit"},
    "admin": _AGENT | {"supervise", "audit", "manage"},
}


@dataclass(frozen=True)
class Agent:
    id: str
    name: str
    email: str
    role: Role
    languages: tuple[str, ...]
    teams: tuple[str, ...]
    capacity: int
    active: bool
    presence: Literal["online", "away"]
    seen_at: datetime | None

    def may(self, permission: Permission) -> bool:
        return permission in PERMISSIONS[self.role]

    @property
    def author(self) -> Author:
        return Author("agent", self.id, self.name)

    @property
    def owner(self) -> Owner:
        return Owner("agent", self.id, self.name)
