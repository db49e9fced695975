"""Every platform's store runs once a session; each test gets an adapter of its own, straight or through faults."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest

from bot.store.api import OrderApi
from tests.store.fault_proxy import FaultProxy, fault_proxy
from tests.store.platform import HASTY, PATIENT, TAU_FILE, Platform, demo_shop, tau_retail

PLATFORMS = {"demo_shop": demo_shop, "tau_retail": tau_retail}


@pytest.fixture(scope="session", params=PLATFORMS)
def platform(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    if request.param == "tau_retail" and not TAU_FILE.exists():
        pytest.skip("the tau-retail data is not here")
    started = PLATFORMS[request.param](tmp_path_factory.mktemp(request.param))
    yield started
    started.store.stop()


@pytest.fixture
async def api(platform: Platform) -> AsyncIterator[OrderApi]:
    adapter = platform.connect(platform.store.url, PATIENT)
    yield adapter
    await adapter.close()


@dataclass
class Faulty:
    """An adapter that reaches the store only through the proxy."""

    api: OrderApi
    proxy: FaultProxy


@pytest.fixture
async def faulty(platform: Platform) -> AsyncIterator[Faulty]:
    async with fault_proxy(platform.store.url) as proxy:
        adapter = platform.connect(proxy.url, PATIENT)
        yield Faulty(adapter, proxy)
        await adapter.close()


@pytest.fixture
async def hasty(platform: Platform) -> AsyncIterator[Faulty]:
    """Like ``faulty``, but with an adapter that waits half a second for an answer."""
    async with fault_proxy(platform.store.url) as proxy:
        adapter = platform.connect(proxy.url, HASTY)
        yield Faulty(adapter, proxy)
        await adapter.close()
