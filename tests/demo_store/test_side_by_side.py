"""Several at the database at once: readers see whole moments, writers wait their turn or are told."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.demo_store.database import BUSY_TIMEOUT_SECONDS
from bot.demo_store.files import load_file
from bot.store.demo import DemoStore
from bot.store.errors import Unavailable
from bot.store.models import Address, OrderState
from bot.store.patience import Patience
from tests.demo_store.process import RunningStore, start_demo_store
from tests.store.platform import PATIENT

ADDRESS = Address(name="A", line1="1 Jalan Baru", city="Kajang", postcode="43000", country="MY")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    running = start_demo_store(tmp_path_factory.mktemp("beside"))
    yield running
    running.stop()


@pytest.fixture
async def api(store: RunningStore) -> AsyncIterator[DemoStore]:
    adapter = DemoStore(store.url, store.key, PATIENT)
    yield adapter
    await adapter.close()


async def test_dump_of_a_busy_store_is_whole(store: RunningStore, api: DemoStore) -> None:
    writing = asyncio.create_task(_write_many(api))
    dumps = [await asyncio.to_thread(store.dump) for _ in range(3)]
    last = await writing
    assert {len(dump["orders"]) for dump in dumps} == {len(store.dump()["orders"])}
    assert store.order("1060")["shipping_address"]["line1"] == last


async def test_writer_that_waits_too_long_hears_that_nothing_was_written(store: RunningStore, api: DemoStore) -> None:
    other = sqlite3.connect(store.db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        writing = asyncio.create_task(api.cancel("ord_1110", "changed_mind", key="waits"))
        assert (await api.get_order("ord_1110")).state is OrderState.unpaid  # reading goes on meanwhile
        with pytest.raises(Unavailable):
            await writing
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert (await api.cancel("ord_1110", "changed_mind", key="waits")).state is OrderState.cancelled


def test_store_gives_up_on_a_busy_database_while_clients_still_listen() -> None:
    assert Patience().read / 2 >= BUSY_TIMEOUT_SECONDS


async def test_file_loaded_beside_a_running_server_is_served_at_once(store: RunningStore, api: DemoStore) -> None:
    content = store.dump()
    saved = store.db.with_suffix(".dump.json")
    await api.cancel("ord_1060", "changed_mind", key="before-load")
    await asyncio.to_thread(load_file, saved, "ramah", store.db)
    assert (await api.get_order("ord_1060")).state is OrderState.paid
    assert store.dump() == content


async def _write_many(api: DemoStore) -> str:
    line1 = ""
    for index in range(40):
        line1 = f"{index} Jalan Baru"
        await api.change_address("ord_1060", ADDRESS.copy(update={"line1": line1}), key=f"busy-{index}")
    return line1
