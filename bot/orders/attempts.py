"""Counts wrong proofs in sliding windows, for all processes of one shop and past their restart.

Kept in a small database of its own; conversation, network address and order number stand there as keyed hashes only.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    func,
    select,
)
from sqlalchemy.engine import Connection, Engine

from bot.orders.policy import AttemptLimit, ProofLimits

_metadata = MetaData()
_attempts = Table(
    "proof_attempts",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("scope", String(16), nullable=False),
    Column("mark", String(64), nullable=False),
    Column("at", Float, nullable=False),  # seconds since 1970
    Index("proof_attempts_by_mark", "scope", "mark", "at"),
    sqlite_autoincrement=True,
)


class Attempt(NamedTuple):
    """``retry_after``: seconds to wait; 0: go on."""

    ids: tuple[int, ...]
    retry_after: float


class Attempts:
    """``url`` is a synchronous SQLAlchemy URL, ``pepper`` the secret of the hashes (``Settings.pepper``)."""

    def __init__(self, url: str, pepper: str) -> None:
        if not pepper:
            raise ValueError("RAMAH_PEPPER is empty: without it, proofs can't be counted without keeping them.")
        self._pepper = pepper.encode()
        self._engine = _engine(url)
        _metadata.create_all(self._engine)

    @classmethod
    def in_state_dir(cls, state_dir: Path, pepper: str) -> Attempts:
        state_dir.mkdir(parents=True, exist_ok=True)
        return cls(f"sqlite:///{state_dir / 'proof_attempts.db'}", pepper)

    async def begin(self, who: dict[str, str], limits: ProofLimits, now: datetime) -> Attempt:
        """Counts an attempt before it is made, so that many at once can't slip through.

        ``who`` names what is limited: "conversation", "address", "order". An empty value is not counted.
        """
        return await asyncio.to_thread(self._begin, who, limits, now)

    async def forgive(self, attempt: Attempt) -> None:
        """The proof was right, or no answer came from the store: it does not count."""
        await asyncio.to_thread(self._remove, attempt.ids)

    def close(self) -> None:
        self._engine.dispose()

    def _begin(self, who: dict[str, str], limits: ProofLimits, now: datetime) -> Attempt:
        at = now.timestamp()
        with self._engine.begin() as connection:
            self._prune(connection, limits, at)
            ids = {
                scope: int(
                    connection.execute(
                        _attempts.insert().values(scope=scope, mark=self._mark(scope, value), at=at)
                    ).inserted_primary_key[0]
                )
                for scope, value in who.items()
                if value
            }
        waits = []
        with self._engine.begin() as connection:
            for scope, own_id in ids.items():
                earlier = _earlier(connection, scope, self._mark(scope, who[scope]), own_id)
                waits.append(_wait(earlier, getattr(limits, scope), at))
        attempt = Attempt(tuple(ids.values()), max(waits, default=0.0))
        if attempt.retry_after > 0:
            self._remove(attempt.ids)
        return attempt

    def _prune(self, connection: Connection, limits: ProofLimits, at: float) -> None:
        longest = max(limits.conversation.minutes, limits.address.minutes, limits.order.minutes) * 60
        connection.execute(delete(_attempts).where(_attempts.c.at <= at - longest))

    def _remove(self, ids: tuple[int, ...]) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(_attempts).where(_attempts.c.id.in_(ids)))

    def _mark(self, scope: str, value: str) -> str:
        return hmac.new(self._pepper, f"{scope}:{value}".encode(), hashlib.sha256).hexdigest()

    def count(self) -> int:
        """Wrong attempts still kept."""
        with self._engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(_attempts)).scalar_one())


def _earlier(connection: Connection, scope: str, mark: str, own_id: int) -> list[float]:
    """Times of the attempts that came in before this one, oldest first."""
    rows = connection.execute(
        select(_attempts.c.at)
        .where(_attempts.c.scope == scope, _attempts.c.mark == mark, _attempts.c.id < own_id)
        .order_by(_attempts.c.at)
    )
    return [float(at) for at in rows.scalars()]


def _wait(earlier: list[float], limit: AttemptLimit, at: float) -> float:
    """Seconds until the next attempt; of any number at once exactly the limit get in."""
    window = limit.minutes * 60.0
    counted = [before for before in earlier if before > at - window]
    if len(counted) < limit.attempts:
        return 0.0
    return max(1.0, counted[len(counted) - limit.attempts] + window - at)


def _engine(url: str) -> Engine:
    # SQLite: a second process waits for its turn instead of failing at once.
    options = {"timeout": 10} if url.startswith("sqlite") else {}
    return create_engine(url, future=True, connect_args=options)
