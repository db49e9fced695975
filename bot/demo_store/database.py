"""The store's tables on SQLite (WAL): documents in the shape of their format, beside the columns they are found by."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

# Well below what clients wait, so that they hear that nothing was written: SQLite adds up the pauses it asks for, and a
# busy machine makes each of them longer.
BUSY_TIMEOUT_SECONDS = 2

metadata = MetaData()

facts = Table("facts", metadata, Column("name", String, primary_key=True), Column("value", Text, nullable=False))

# The body stands last, so that a look-up by key reads the same few bytes whatever the order holds.
orders = Table(
    "orders",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("number_key", String, nullable=False, unique=True),
    Column("customer_id", String, nullable=False, index=True),
    Column("placed_at", String, nullable=False),
    Column("region", String, nullable=False),
    Column("email_key", String, nullable=False),
    Column("phone_key", String, nullable=False),
    Column("postcode_key", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("notes", Text, nullable=False),  # what the shop knows beyond the format's own fields
)

products = Table(
    "products",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("title", String, nullable=False),
    Column("body", Text, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("body", Text, nullable=False),
)

results = Table(
    "results",
    metadata,
    Column("key", String, primary_key=True),
    Column("fingerprint", String, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", String, nullable=False),
)

# Orders that changed and that nobody was told of yet.
announcements = Table(
    "announcements",
    metadata,
    Column("order_id", String, primary_key=True),
    Column("id", String, nullable=False),
    Column("topic", String, nullable=False),
)


def open_database(path: Path) -> Engine:
    """The engine on ``path``; file (readable by its owner only) and tables are made where missing.

    Raises:
        OSError: when the place cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    engine = create_engine(
        f"sqlite:///{path}",
        future=True,
        poolclass=QueuePool,
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_SECONDS},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    with for_writing(engine).begin() as connection:
        metadata.create_all(connection)
    return engine


def for_writing(engine: Engine) -> Engine:
    """The same engine whose transactions take the write lock at their first statement, so that none reads stale."""
    return engine.execution_options(immediate=True)


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # sqlite3 would open transactions on its own terms; SQLAlchemy's "begin" event opens ours instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
