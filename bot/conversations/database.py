"""The log's database: one engine, reads, and writes that are one transaction each.

What SQLite needs and other databases do not is in ``_prepare_sqlite`` and nowhere else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

T = TypeVar("T")

BUSY_TIMEOUT_MS = 10_000


class ConversationLog:
    """Every access to the log goes through ``read`` or ``write``.

    Both run the work in a task of its own, so that a caller who goes away (a shopper who closes the tab) never
    leaves a transaction half done on a pooled connection.
    """

    def __init__(self, url: str) -> None:
        self._sqlite: bool = make_url(url).get_backend_name() == "sqlite"
        options: dict[str, Any] = {"future": True, "pool_pre_ping": not self._sqlite}
        if self._sqlite:
            options |= {"poolclass": AsyncAdaptedQueuePool, "pool_size": 8, "max_overflow": 0}
        self.engine: AsyncEngine = create_async_engine(url, **options)
        self._one_writer: AbstractAsyncContextManager[Any] = nullcontext()
        if self._sqlite:
            _prepare_sqlite(self.engine)
            # SQLite's own waiting polls; waiters inside one process are better served in turn.
            self._one_writer = asyncio.Lock()

    @property
    def is_sqlite(self) -> bool:
        return self._sqlite

    async def read(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        async def run() -> T:
            async with self.engine.connect() as connection:
                return await work(connection)

        return await _unbroken(run())

    async def write(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """``work`` in one transaction: all of it or, if it raises, nothing."""

        async def run() -> T:
            async with self._one_writer, self.engine.connect() as connection:
                await connection.execution_options(writes=True)
                async with connection.begin():
                    return await work(connection)

        return await _unbroken(run())

    async def close(self) -> None:
        await self.engine.dispose()


async def _unbroken(work: Awaitable[T]) -> T:
    return await asyncio.shield(asyncio.ensure_future(work))


def _prepare_sqlite(engine: AsyncEngine) -> None:
    def on_connect(dbapi_connection: Any, _record: Any) -> None:
        dbapi_connection.isolation_level = None  # transactions begin where on_begin says, not where pysqlite guesses
        cursor = dbapi_connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",  # a message that was acknowledged survives a power cut
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def on_begin(connection: Any) -> None:
        # A write that begins as a read can fail with "locked" at its first write however long it waits.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine.sync_engine, "connect", on_connect)
    event.listen(engine.sync_engine, "begin", on_begin)
