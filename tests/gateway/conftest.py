"""A gateway and an engine stand-in for the whole room, and new ones for tests that break them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.gateway.processes import Engine, Gateway
from tests.gateway.shopper import Shopper

CUSTOMER_SECRET = "a-secret-of-the-shop-that-is-long-enough-for-every-algorithm-there-is"
SHOP_ORIGIN = "https://shop.example"


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    running = Engine(tmp_path_factory.mktemp("engine"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Iterator[Gateway]:
    running = Gateway(
        tmp_path_factory.mktemp("gateway"),
        engine.url,
        customer_keys=f'{{"shop-1": "{CUSTOMER_SECRET}"}}',
        allowed_origins=f'["{SHOP_ORIGIN}"]',
    )
    running.start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def own_engine(tmp_path: Path) -> Iterator[Engine]:
    running = Engine(tmp_path)
    running.start()
    yield running
    running.kill()


@pytest.fixture
def start_gateway(tmp_path: Path) -> Iterator[Callable[..., Gateway]]:
    started: list[Gateway] = []

    def start(engine_url: str, **settings: str) -> Gateway:
        gateway = Gateway(tmp_path, engine_url, **settings)
        gateway.start()
        started.append(gateway)
        return gateway

    yield start
    for gateway in started:
        gateway.kill()


@pytest_asyncio.fixture
async def shopper(gateway: Gateway) -> AsyncIterator[Shopper]:
    entered = await Shopper(gateway.url).enter()
    yield entered
    await entered.leave()


@pytest_asyncio.fixture
async def other_shopper(gateway: Gateway) -> AsyncIterator[Shopper]:
    entered = await Shopper(gateway.url).enter()
    yield entered
    await entered.leave()
