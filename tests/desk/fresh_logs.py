"""An empty conversation log for every example of a state machine."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from bot.conversations.database import ConversationLog
from bot.conversations.migrate import migrate

T = TypeVar("T")


class FreshLogs:
    """Each copied from one that was migrated once."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self._model = Path(self.folder.name) / "model.db"
        log = ConversationLog(f"sqlite:///{self._model}")
        self.run(migrate(log))
        self.run(log.close())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def open(self) -> ConversationLog:
        path = self._model.with_name(f"{secrets.token_hex(8)}.db")
        shutil.copy(self._model, path)
        return ConversationLog(f"sqlite:///{path}")

    def close(self) -> None:
        self.loop.close()
        self.folder.cleanup()
