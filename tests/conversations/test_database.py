"""Writes that are committed together stay transactions of their own."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection

from bot.conversations.database import TOGETHER, ConversationLog


async def _log(folder: Path) -> ConversationLog:
    log = ConversationLog(f"sqlite:///{folder / 'log.db'}")
    await log.write(lambda connection: connection.execute(text("CREATE TABLE kept (number INTEGER PRIMARY KEY)")))
    return log


def _keep(connection: Connection, number: int, *, breaks: bool = False) -> int:
    connection.execute(text("INSERT INTO kept VALUES (:number)"), {"number": number})
    if breaks:
        raise ValueError(number)
    return number


async def _kept(log: ConversationLog) -> list[int]:
    return await log.read(lambda connection: list(connection.execute(text("SELECT number FROM kept")).scalars()))


async def test_of_writes_that_wait_together_one_that_fails_undoes_only_itself(tmp_path: Path) -> None:
    log, disk_is_free = await _log(tmp_path), threading.Event()
    busy = asyncio.create_task(log.write(lambda _: disk_is_free.wait()))
    await asyncio.sleep(0)
    numbers = range(2 * TOGETHER + 3)
    waiting = [
        asyncio.create_task(log.write(lambda connection, each=each: _keep(connection, each, breaks=each % 4 == 1)))
        for each in numbers
    ]
    again = asyncio.create_task(log.write(lambda connection: _keep(connection, 0)))
    await asyncio.sleep(0)
    disk_is_free.set()
    results = await asyncio.gather(busy, *waiting, again, return_exceptions=True)
    for number, result in zip(numbers, results[1:-1], strict=True):
        assert isinstance(result, ValueError) if number % 4 == 1 else result == number
    assert "UNIQUE constraint" in str(results[-1])
    assert await _kept(log) == [each for each in numbers if each % 4 != 1]
    await log.close()


async def test_a_write_is_on_the_disk_before_its_caller_hears_of_it(tmp_path: Path) -> None:
    log, other = await _log(tmp_path), ConversationLog(f"sqlite:///{tmp_path / 'log.db'}")

    async def keep(number: int) -> None:
        await log.write(lambda connection: _keep(connection, number))
        assert number in await _kept(other)

    await asyncio.gather(*(keep(number) for number in range(30)))
    await log.close()
    await other.close()


async def test_a_write_whose_caller_has_gone_is_finished(tmp_path: Path) -> None:
    log, disk_is_free = await _log(tmp_path), threading.Event()
    busy = asyncio.create_task(log.write(lambda _: disk_is_free.wait()))
    gone = asyncio.create_task(log.write(lambda connection: _keep(connection, 7)))
    await asyncio.sleep(0)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    disk_is_free.set()
    await busy
    await log.write(lambda connection: _keep(connection, 8))
    assert await _kept(log) == [7, 8]
    await log.close()
