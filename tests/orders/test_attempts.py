from __future__ import annotations

import asyncio
import multiprocessing
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.orders.attempts import Attempts
from bot.orders.policy import AttemptLimit, ProofLimits
from tests.orders.made_up import NOW

LIMITS = ProofLimits(
    conversation=AttemptLimit(attempts=3, minutes=30),
    address=AttemptLimit(attempts=5, minutes=60),
    order=AttemptLimit(attempts=4, minutes=60),
)
MINUTE = timedelta(minutes=1)


def who(conversation: str = "c1", address: str = "a1", order: str = "1047") -> dict[str, str]:
    return {"conversation": conversation, "address": address, "order": order}


@pytest.fixture
def attempts(tmp_path: Path) -> Attempts:
    return Attempts.in_state_dir(tmp_path, "pepper")


async def test_the_fourth_wrong_proof_of_a_conversation_must_wait(attempts: Attempts) -> None:
    for number in range(3):
        assert (await attempts.begin(who(order=str(number)), LIMITS, NOW + number * MINUTE)).retry_after == 0
    fourth = await attempts.begin(who(order="9"), LIMITS, NOW + 10 * MINUTE)
    assert fourth.retry_after == 20 * 60  # the first is 30 minutes old then
    assert (await attempts.begin(who(order="9"), LIMITS, NOW + 30 * MINUTE)).retry_after == 0


async def test_another_conversation_from_the_same_network_is_counted_too(attempts: Attempts) -> None:
    for number in range(5):
        await attempts.begin(who(f"c{number}", order=str(number)), LIMITS, NOW)
    assert (await attempts.begin(who("c9", order="9"), LIMITS, NOW)).retry_after == 3600
    assert (await attempts.begin(who("c9", "elsewhere", "9"), LIMITS, NOW)).retry_after == 0


async def test_an_order_tried_from_everywhere_is_protected(attempts: Attempts) -> None:
    for number in range(4):
        await attempts.begin(who(f"c{number}", f"a{number}"), LIMITS, NOW)
    assert (await attempts.begin(who("c9", "a9"), LIMITS, NOW)).retry_after == 3600


async def test_waiting_shoppers_do_not_wait_longer_by_asking_again(attempts: Attempts) -> None:
    for _ in range(3):
        await attempts.begin(who(), LIMITS, NOW)
    for minute in range(1, 29):
        assert (await attempts.begin(who(), LIMITS, NOW + minute * MINUTE)).retry_after == (30 - minute) * 60
    assert (await attempts.begin(who(), LIMITS, NOW + 30 * MINUTE)).retry_after == 0


async def test_right_proofs_are_not_counted(attempts: Attempts) -> None:
    for _ in range(10):
        attempt = await attempts.begin(who(), LIMITS, NOW)
        assert attempt.retry_after == 0
        await attempts.forgive(attempt)
    assert attempts.count() == 0


async def test_of_many_at_once_exactly_the_limit_get_in(attempts: Attempts) -> None:
    results = await asyncio.gather(*(attempts.begin(who(order=str(i)), LIMITS, NOW) for i in range(20)))
    assert sum(result.retry_after == 0 for result in results) == 3


def _try_in_another_process(folder: str) -> float:
    attempts = Attempts.in_state_dir(Path(folder), "pepper")
    return asyncio.run(attempts.begin(who(), LIMITS, NOW)).retry_after


def test_processes_count_together_and_a_restart_forgets_nothing(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        waits = pool.map(_try_in_another_process, [str(tmp_path)] * 5)
    assert sum(wait == 0 for wait in waits) == 3
    assert _try_in_another_process(str(tmp_path)) > 0


def _bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("proof_attempts.db*"))


async def test_nothing_readable_is_kept_and_old_rows_go(attempts: Attempts, tmp_path: Path) -> None:
    await attempts.begin(who("c_secret", "address_secret", "W2378156"), LIMITS, NOW)
    content = _bytes_in(tmp_path)
    assert b"secret" not in content
    assert b"2378156" not in content
    await attempts.begin(who("c2", "a2", "2"), LIMITS, NOW + 61 * MINUTE)
    with sqlite3.connect(tmp_path / "proof_attempts.db") as database:
        assert database.execute("SELECT count(*) FROM proof_attempts").fetchone() == (3,)


def test_without_a_pepper_it_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="RAMAH_PEPPER"):
        Attempts.in_state_dir(tmp_path, "")
