from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store.ecwid.store import EcwidStore
from tests.store.ecwid.platform import PLENTY
from tests.store.ecwid.server import TOKEN, EcwidShop
from tests.store.platform import PATIENT


@pytest.fixture(scope="session")
def shop() -> Iterator[EcwidShop]:
    """One shop for all; each test places its own orders."""
    running = EcwidShop(products=12)
    yield running
    running.stop()


@pytest.fixture
async def store(shop: EcwidShop, tmp_path: Path) -> AsyncIterator[EcwidStore]:
    adapter = EcwidStore(shop.url, TOKEN, tmp_path, PATIENT, per_minute=PLENTY)
    yield adapter
    await adapter.close()
