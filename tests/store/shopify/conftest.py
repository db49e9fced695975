"""A shop of its own for each test, which may break it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot.store.shopify.settings import Settings
from bot.store.shopify.store import ShopifyStore
from bot.store.write_journal import WriteJournal
from tests.store.platform import PATIENT
from tests.store.shopify.platform import ALLOWED
from tests.store.shopify.server import ShopifyServer
from tests.store.shopify.shop import TOKEN, Shop

Open = Callable[..., ShopifyStore]


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def server(shop: Shop) -> Iterator[ShopifyServer]:
    started = ShopifyServer(shop)
    yield started
    started.stop()


@pytest.fixture
async def open_store(server: ShopifyServer, tmp_path: Path) -> AsyncIterator[Open]:
    """Opens adapters of one installation; closed after the test."""
    opened: list[ShopifyStore] = []

    def open_one(settings: Settings = ALLOWED, token: str = TOKEN) -> ShopifyStore:
        store = ShopifyStore(server.url, token, WriteJournal.in_state_dir(tmp_path), settings, PATIENT)
        opened.append(store)
        return store

    yield open_one
    for store in opened:
        await store.close()


@pytest.fixture
def store(open_store: Open) -> ShopifyStore:
    return open_store()
