"""A shop with a few products, its server, and adapters with the options that a test needs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot.store.models import Proof, ProofKind
from bot.store.woocommerce.options import WooOptions
from bot.store.woocommerce.store import WooStore
from tests.store.platform import PATIENT
from tests.store.woocommerce.documents import Document
from tests.store.woocommerce.server import KEY, SECRET, WooServer, start_server
from tests.store.woocommerce.shop import Shop

OpenStore = Callable[..., WooStore]


@pytest.fixture
def server() -> Iterator[WooServer]:
    shop = Shop(custom_statuses=("shipped", "delivered", "awaiting-pickup"))
    shop.add_product("Linen shirt")
    shop.add_product("Wool cap", "12.50", "Caps", variable=False)
    started = start_server(shop)
    yield started
    started.stop()


@pytest.fixture
def shop(server: WooServer) -> Shop:
    return server.shop


@pytest.fixture
async def open_store(server: WooServer, tmp_path: Path) -> AsyncIterator[OpenStore]:
    opened: list[WooStore] = []

    def open_one(url: str = "", **options: object) -> WooStore:
        made = WooStore(url or server.url, (KEY, SECRET), tmp_path, WooOptions(**options), PATIENT)  # type: ignore[arg-type]
        opened.append(made)
        return made

    yield open_one
    for each in opened:
        await each.close()


@pytest.fixture
def store(open_store: OpenStore) -> WooStore:
    return open_store()


def email_of(order: Document) -> Proof:
    return Proof(kind=ProofKind.email, value=order["billing"]["email"])
