"""Bring the log's tables up to date: ``python -m bot.conversations.migrate``, and at every gateway start."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversations.database import ConversationLog
from bot.settings import Settings


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


async def migrate(engine: AsyncEngine) -> None:
    """Apply every migration that is missing; safe to call when none is."""

    def upgrade(connection: Any) -> None:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    async with engine.connect() as connection:
        await connection.execution_options(writes=True)
        async with connection.begin():
            await connection.run_sync(upgrade)


async def _main(settings: Settings) -> None:
    database = make_url(settings.conversations_url).database
    if settings.conversations_url.startswith("sqlite") and database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    log = ConversationLog(settings.conversations_url)
    try:
        await migrate(log.engine)
    finally:
        await log.close()


if __name__ == "__main__":
    asyncio.run(_main(Settings()))
