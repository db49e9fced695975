"""Every platform's store runs once a session; each test gets an adapter of its own, straight or through faults."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.store.api import OrderApi
from tests.store.fault_proxy import FaultProxy, fault_proxy
from tests.store.platform import Platform
from tests.store.platforms import LIVE, PLATFORMS, starter


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "platform" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("platform") or list(PLATFORMS)
        marked = [pytest.param(name, marks=[pytest.mark.medusa] if name in LIVE else []) for name in wanted]
        metafunc.parametrize("platform", marked, indirect=True, scope="session")


@pytest.fixture(scope="session")
def platform(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    started = starter(request.param)(tmp_path_factory.mktemp(request.param.replace(":", "-")))
    yield started
    started.stop()


@pytest.fixture
async def api(platform: Platform, tmp_path: Path) -> AsyncIterator[OrderApi]:
    adapter = platform.connect(platform.url, platform.patience, tmp_path)
    yield adapter
    await adapter.close()


@dataclass
class Faulty:
    """An adapter that reaches the store only through the proxy."""

    api: OrderApi
    proxy: FaultProxy


@pytest.fixture
async def faulty(platform: Platform, tmp_path: Path) -> AsyncIterator[Faulty]:
    async with fault_proxy(platform.url, platform.is_write) as proxy:
        adapter = platform.connect(proxy.url, platform.patience, tmp_path)
        yield Faulty(adapter, proxy)
        await adapter.close()


@pytest.fixture
async def hasty(platform: Platform, tmp_path: Path) -> AsyncIterator[Faulty]:
    """Like ``faulty``, but with an adapter that does not wait long for an answer."""
    async with fault_proxy(platform.url, platform.is_write) as proxy:
        adapter = platform.connect(proxy.url, platform.in_haste, tmp_path)
        yield Faulty(adapter, proxy)
        await adapter.close()


@pytest.fixture
async def soon_again(platform: Platform, tmp_path: Path) -> AsyncIterator[Faulty]:
    """Like ``faulty``, but with an adapter whose open circuit lets a trial through after a moment."""
    async with fault_proxy(platform.url, platform.is_write) as proxy:
        adapter = platform.connect(proxy.url, replace(platform.patience, open_for=0.1), tmp_path)
        yield Faulty(adapter, proxy)
        await adapter.close()
