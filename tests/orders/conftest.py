from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest

from bot.store.api import OrderApi
from bot.store.demo import DemoStore
from tests.demo_store.process import RunningStore, start_demo_store
from tests.orders.made_up import TODAY
from tests.store.fault_proxy import FaultProxy, fault_proxy
from tests.store.platform import PATIENT


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    """The real demo store, as of the made-up orders' today."""
    running = start_demo_store(tmp_path_factory.mktemp("store"), TODAY)
    yield running
    running.stop()


@pytest.fixture
async def api(store: RunningStore) -> AsyncIterator[OrderApi]:
    adapter = DemoStore(store.url, store.key, PATIENT)
    yield adapter
    await adapter.close()


@dataclass
class Faulty:
    """The store, reached through a proxy that loses answers when told to."""

    api: OrderApi
    proxy: FaultProxy


@pytest.fixture
async def faulty(store: RunningStore) -> AsyncIterator[Faulty]:
    async with fault_proxy(store.url) as proxy:
        adapter = DemoStore(proxy.url, store.key, PATIENT)
        yield Faulty(adapter, proxy)
        await adapter.close()
