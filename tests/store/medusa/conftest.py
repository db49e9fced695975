"""One Medusa for this room; each test has orders of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store.medusa.store import MedusaStore
from tests.store.medusa.platform import PATIENT, Medusa, connect_to, start
from tests.store.medusa.shopper import Shopper


@pytest.fixture(scope="session")
def medusa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Medusa]:
    started = start(tmp_path_factory.mktemp("medusa"))
    yield started
    started.stop()


@pytest.fixture
async def shopper(medusa: Medusa) -> AsyncIterator[Shopper]:
    """Places orders, and does what staff do."""
    somebody = Shopper(medusa.store)
    yield somebody
    await somebody.close()


@pytest.fixture
async def store(medusa: Medusa, tmp_path: Path) -> AsyncIterator[MedusaStore]:
    adapter = connect_to(medusa.store, medusa.store["url"], PATIENT, tmp_path)
    yield adapter
    await adapter.close()
