"""kill -9 in the middle of writes: what was answered stays, and no key ever wrote twice."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from bot.store.demo import DemoStore
from bot.store.errors import Unavailable
from bot.store.models import Case, CaseItem, CaseKind, CaseRequest
from bot.store.patience import Patience
from bot.store.settle import settle
from tests.demo_store.process import start_demo_store

ROUNDS, WRITES = 2, 18


async def test_no_answered_write_is_lost_and_none_happens_twice(tmp_path: Path) -> None:
    store = start_demo_store(tmp_path)
    adapter = DemoStore(store.url, store.key, Patience(open_for=0.1, failures_to_open=1000))
    try:
        orders = [entry["order"] for entry in store.dump()["orders"]]
        delivered = [order["id"] for order in orders if order["state"] == "delivered" and not order["cases"]]
        answered: list[str] = []
        for number in range(ROUNDS):
            chosen = delivered[number * WRITES : (number + 1) * WRITES]
            writes = [asyncio.create_task(_return_first_line(adapter, order_id)) for order_id in chosen]
            await asyncio.sleep(random.uniform(0.005, 0.06))  # a crash comes at any moment
            store.kill()
            await asyncio.to_thread(store.start_again)
            answered += await asyncio.wait_for(asyncio.gather(*writes), 120)
        stored = {entry["order"]["id"]: entry["order"]["cases"] for entry in store.dump()["orders"]}
    finally:
        await adapter.close()
        store.stop()
    written = [case["id"] for order_id in delivered for case in stored[order_id]]
    assert sorted(written) == sorted(answered)
    assert len(set(written)) == ROUNDS * WRITES
    assert all(len(stored[order_id]) == 1 for order_id in delivered[: ROUNDS * WRITES])


async def _return_first_line(adapter: DemoStore, order_id: str) -> str:
    """Ask, under one key, until the store answers; the case's id."""
    request = CaseRequest(kind=CaseKind.return_, items=[CaseItem(line_id="1", quantity=1)])

    async def open_case() -> Case:
        return await adapter.open_case(order_id, request, key=f"crash-{order_id}")

    while True:
        try:
            return (await settle(open_case, key=f"crash-{order_id}", repeats=50, first_pause=0.05)).id
        except Unavailable:  # refused before it was ever sent: the store is just starting again
            await asyncio.sleep(0.05)
