"""The journal's one table: who writes what under which key, and how it ended."""

from __future__ import annotations

import sqlite3
import time
from enum import Enum
from typing import NamedTuple

from sqlalchemy import Column, Float, Index, MetaData, String, Table, Text, create_engine, delete, event, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.store.errors import Conflict

LEASE = 60.0  # seconds after which a writer that says nothing is taken for dead
KEPT = 30 * 86400.0  # seconds

_metadata = MetaData()
_writes = Table(
    "store_writes",
    _metadata,
    Column("key", String(200), primary_key=True),
    Column("order_id", String(200), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("standing", String(8), nullable=False),
    Column("until", Float, nullable=False),  # of the lease, seconds since 1970
    Column("outcome", Text, nullable=False),  # the answer as JSON, or "NotAllowed:reason"
    Column("at", Float, nullable=False, index=True),
)
_busy = _writes.c.standing == "busy"
# The database itself sees to it that nobody writes to an order beside somebody else.
Index("store_writes_one_at_a_time", _writes.c.order_id, unique=True, sqlite_where=_busy, postgresql_where=_busy)


class Standing(str, Enum):
    free = "free"  # never heard of: go on
    unknown = "unknown"  # begun before, and nobody knows how it ended: look first
    busy = "busy"  # somebody is at it
    done = "done"
    refused = "refused"


class Claim(NamedTuple):
    standing: Standing
    outcome: str = ""


class JournalTable:
    """Each method is one transaction."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        _metadata.create_all(self._engine)

    def claim(self, key: str, order_id: str, fingerprint: str) -> Claim:
        """Begin (free, unknown: the caller now holds the lease), or learn why not.

        Raises:
            Conflict: the key stands for another request.
        """
        now = time.time()
        try:
            with self._engine.begin() as connection:
                return _claim(connection, key, order_id, fingerprint, now)
        except IntegrityError:  # somebody else came first, with this key or to this order
            return Claim(Standing.busy)

    def end(self, key: str, standing: Standing | None, outcome: str) -> None:
        """Let go of the lease; None: as if it had never begun."""
        mine = (_writes.c.key == key) & _busy  # who was taken for dead has nothing more to say
        with self._engine.begin() as connection:
            if standing is None:
                connection.execute(delete(_writes).where(mine))
            else:
                connection.execute(update(_writes).where(mine).values(standing=standing.value, outcome=outcome))

    def close(self) -> None:
        self._engine.dispose()


def _claim(connection: Connection, key: str, order_id: str, fingerprint: str, now: float) -> Claim:
    connection.execute(delete(_writes).where(_writes.c.at < now - KEPT))
    row = connection.execute(select(_writes).where(_writes.c.key == key)).one_or_none()
    if row is not None and row.fingerprint != fingerprint:
        raise Conflict("the key was used for another request")
    if row is not None and row.standing in {"done", "refused"}:
        return Claim(Standing(row.standing), row.outcome)
    # A dead writer's lease: its write stands as unknown, and others may go on.
    expired = (_writes.c.order_id == order_id) & _busy & (_writes.c.until < now)
    connection.execute(update(_writes).where(expired).values(standing="unknown"))
    if connection.execute(select(_writes.c.key).where((_writes.c.order_id == order_id) & _busy)).first() is not None:
        return Claim(Standing.busy)
    held = {"standing": "busy", "until": now + LEASE}
    if row is not None:
        connection.execute(update(_writes).where(_writes.c.key == key).values(**held))
        return Claim(Standing.unknown)
    new = {"key": key, "order_id": order_id, "fingerprint": fingerprint, "outcome": "", "at": now, **held}
    connection.execute(_writes.insert().values(**new))
    return Claim(Standing.free)


def _engine(url: str) -> Engine:
    engine = create_engine(url, future=True)
    if engine.dialect.name == "sqlite":
        _for_several_processes(engine)
    return engine


def _for_several_processes(engine: Engine) -> None:
    """SQLite in WAL mode, each transaction a writing one from its begin: nobody reads what is out of date."""

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # else the driver begins transactions by itself, and too late
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA busy_timeout=10000")

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begin)
