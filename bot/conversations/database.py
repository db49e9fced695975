"""The log's database: reads, and writes that are one transaction each.

What is done in a transaction is a plain function of a connection. On SQLite it runs in a thread, all of it at one go:
a hop between threads for every statement, as an async driver makes, costs ten times what the statement costs. On
PostgreSQL the same function runs over asyncpg (``run_sync``). What SQLite needs is in ``_Sqlite`` and nowhere else.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import QueuePool

T = TypeVar("T")

BUSY_TIMEOUT_MS = 10_000
READERS = 2
TOGETHER = 20  # writes in one commit at most


class _Backend(Protocol):
    async def run(self, work: Callable[[Connection], T], *, writes: bool) -> T: ...

    async def close(self) -> None: ...


class ConversationLog:
    """Every access to the log goes through ``read`` or ``write``.

    Both go on to their end when their caller goes away (a shopper who closes the tab): no transaction is ever left
    half done on a pooled connection.
    """

    def __init__(self, url: str) -> None:
        self.is_sqlite: bool = make_url(url).get_backend_name() == "sqlite"
        self._backend: _Backend = _Sqlite(url) if self.is_sqlite else _Asyncpg(url)

    async def read(self, work: Callable[[Connection], T]) -> T:
        return await _unbroken(self._backend.run(work, writes=False))

    async def write(self, work: Callable[[Connection], T]) -> T:
        """``work`` in one transaction: all of it or, if it raises, nothing."""
        return await _unbroken(self._backend.run(work, writes=True))

    async def close(self) -> None:
        await self._backend.close()


class _Asyncpg:
    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(url, future=True, pool_pre_ping=True)

    async def run(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        async with self._engine.begin() as connection:
            result: T = await connection.run_sync(work)
            return result

    async def close(self) -> None:
        await self._engine.dispose()


class _Sqlite:
    """One thread writes, for SQLite has one writer and its own waiting polls; others read meanwhile (WAL).

    Each thread keeps its connection: taking one from a pool and putting it back costs as much as a statement. What
    came while the disk was busy is committed together, each in a savepoint of its own: a slow disk is waited for once.
    """

    def __init__(self, url: str) -> None:
        self._engine = create_engine(
            make_url(url).set(drivername="sqlite"),
            future=True,
            poolclass=QueuePool,
            pool_size=READERS + 1,
            connect_args={"check_same_thread": False},
        )
        event.listen(self._engine, "connect", _on_connect)
        event.listen(self._engine, "begin", _on_begin)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="log-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="log-reader")
        self._waiting: deque[tuple[Callable[[Connection], Any], Future[Any]]] = deque()
        self._own = threading.local()
        self._opened: list[Connection] = []

    async def run(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        if not writes:
            return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)
        done: Future[T] = Future()
        self._waiting.append((work, done))
        self._writer.submit(self._write_what_waits)
        return await asyncio.wrap_future(done)

    def _read(self, work: Callable[[Connection], T]) -> T:
        connection = self._connection(writes=False)
        with connection.begin():
            return work(connection)

    def _write_what_waits(self) -> None:
        waiting = [self._waiting.popleft() for _ in range(min(len(self._waiting), TOGETHER))]
        taken = [each for each in waiting if each[1].set_running_or_notify_cancel()]
        try:
            results = self._write([work for work, _ in taken])
        except BaseException as error:
            for _, done in taken:
                done.set_exception(error)
            return
        for (_, done), (result, refused) in zip(taken, results, strict=True):
            if refused is not None:
                done.set_exception(refused)
            else:
                done.set_result(result)

    def _write(self, works: list[Callable[[Connection], Any]]) -> list[tuple[Any, Exception | None]]:
        """Each one's result or why it was undone. Raises what undid them all."""
        if not works:
            return []
        connection = self._connection(writes=True)
        with connection.begin():
            if len(works) == 1:
                return [(works[0](connection), None)]
            return [_apart(connection, work) for work in works]

    def _connection(self, *, writes: bool) -> Connection:
        kept: Connection | None = getattr(self._own, "connection", None)
        if kept is None:
            kept = self._own.connection = self._engine.connect().execution_options(writes=writes)
            self._opened.append(kept)
        return kept

    async def close(self) -> None:
        for threads in (self._writer, self._readers):
            await asyncio.to_thread(threads.shutdown)
        for connection in self._opened:
            connection.close()
        self._engine.dispose()


def _apart(connection: Connection, work: Callable[[Connection], Any]) -> tuple[Any, Exception | None]:
    try:
        with connection.begin_nested():
            return work(connection), None
    except Exception as error:
        if not connection.connection.in_transaction:
            raise  # the disk is full or broken: SQLite has undone the whole transaction
        return None, error


def _on_connect(dbapi_connection: Any, _record: Any) -> None:
    dbapi_connection.isolation_level = None  # transactions begin where _on_begin says, not where pysqlite guesses
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",  # a message that was acknowledged survives a power cut
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Any) -> None:
    # A write that begins as a read can fail with "locked" at its first write however long it waits.
    writes = connection.get_execution_options().get("writes")
    connection.connection.dbapi_connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


async def _unbroken(work: Awaitable[T]) -> T:
    return await asyncio.shield(asyncio.ensure_future(work))
