"""Agents' sessions that were just found to hold, so that not every request of an open page asks the database again."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from bot.conversations.database import ConversationLog
from bot.conversations.times import utc_now
from bot.conversations.tokens import token_hash
from bot.desk.people.agent import Agent
from bot.desk.people.sessions import Session, note_use, session_of

KEPT_SECONDS = 2.5  # so long a session that another process has ended may go on; a little over the hub's upkeep


class OpenSessions:
    """Hashes of tokens, never tokens, are kept in memory; what this process ends is forgotten at once."""

    def __init__(self, log: ConversationLog, now: Callable[[], float] = time.monotonic) -> None:
        self._log = log
        self._now = now
        self._known: dict[str, tuple[Session, float]] = {}  # when it was asked for
        self._changes = 0

    async def session(self, token: str) -> Session | None:
        """None: the token opens nothing, or does no more."""
        key, asked, at = token_hash(token), self._now(), utc_now()
        kept, known_at = self._known.get(key, (None, 0.0))
        session = kept if asked - known_at < KEPT_SECONDS else None
        if session is None:
            changes = self._changes
            session = await self._log.read(lambda connection: session_of(connection, token, at))
            if session is None:
                self._known.pop(key, None)
                return None
            self._keep(session, asked, changes)
        if session.to_be_noted(at):
            used, changes = session, self._changes
            await self._log.write(lambda connection: note_use(connection, used, at))
            self._keep(replace(used, used_at=at), asked, changes)
        return session

    def held(self) -> tuple[float, int]:
        """To be taken before it is asked which sessions hold, and given to ``still``."""
        return self._now(), self._changes

    def still(self, asked: Collection[str], holding: Mapping[str, Agent], before: tuple[float, int]) -> None:
        """Of the sessions with the hashes ``asked``, these still hold, for these agents."""
        at, changes = before
        for key in asked:
            kept = self._known.pop(key, None)
            if kept is not None and key in holding:
                self._keep(replace(kept[0], agent=holding[key]), at, changes)
        for key in [key for key, (_, known_at) in self._known.items() if at - known_at >= KEPT_SECONDS]:
            del self._known[key]

    def forget(self) -> None:
        """Sessions were ended, or agents changed."""
        self._known.clear()
        self._changes += 1

    def _keep(self, session: Session, at: float, changes: int) -> None:
        """Unless something changed after it was asked for."""
        if changes == self._changes:
            self._known[session.token_hash] = (session, at)
