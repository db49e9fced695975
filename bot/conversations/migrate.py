"""Bring the log's tables up to date: ``python -m bot.conversations.migrate``, and at every gateway start."""

from __future__ import annotations

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection

from bot.conversations.database import ConversationLog
from bot.settings import Settings


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


async def migrate(log: ConversationLog) -> None:
    """Apply every migration that is missing; safe to call when none is."""
    await log.write(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def _main(settings: Settings) -> None:
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    log = ConversationLog(settings.conversations_url)
    try:
        await migrate(log)
    finally:
        await log.close()


if __name__ == "__main__":
    asyncio.run(_main(Settings()))
