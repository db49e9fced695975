"""The tables that migrations make are the tables that the code knows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.conversations.database import ConversationLog
from bot.conversations.migrate import migrate
from bot.conversations.tables import metadata
from bot.desk import tables as desk


async def test_migrations_and_models_agree(log: ConversationLog) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"compare_type": True, "include_name": lambda name, *_: not str(name).startswith("message_search")}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, metadata))

    assert await log.read(differences) == []


def test_the_desk_keeps_its_tables_in_the_same_database() -> None:
    assert desk.agents.metadata is metadata


async def test_migrating_twice_changes_nothing(log: ConversationLog) -> None:
    before = await log.read(lambda connection: sorted(inspect(connection).get_table_names()))
    await migrate(log)
    assert await log.read(lambda connection: sorted(inspect(connection).get_table_names())) == before


def test_the_command_makes_the_database(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "bot.conversations.migrate"], env={"RAMAH_STATE_DIR": str(tmp_path)}, check=True
    )
    engine = create_engine(f"sqlite:///{tmp_path / 'conversations.db'}", future=True)
    with engine.connect() as connection:
        assert set(metadata.tables) < set(inspect(connection).get_table_names())
    engine.dispose()


def test_the_tables_can_be_written_for_postgresql() -> None:
    dialect = postgresql.dialect()
    tables = [str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables]
    indexes = [
        str(CreateIndex(index).compile(dialect=dialect)) for table in metadata.sorted_tables for index in table.indexes
    ]
    assert any("TIMESTAMP WITH TIME ZONE" in text for text in tables)
    assert any("WHERE state = 'running'" in text for text in indexes)
