"""A log in a real SQLite file, and a conversation in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.conversations.database import ConversationLog
from bot.conversations.migrate import migrate
from tests.conversations.play import Play


@pytest_asyncio.fixture
async def log(tmp_path: Path) -> AsyncIterator[ConversationLog]:
    opened = ConversationLog(f"sqlite:///{tmp_path / 'conversations.db'}")
    await migrate(opened)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def play(log: ConversationLog) -> Play:
    return await Play.begin(log)
