"""Fixtures of the order tests: a log, the store's API straight and through faults, orders that nobody has touched."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.conversations.database import ConversationLog
from bot.conversations.migrate import migrate
from bot.conversations.times import utc_now
from bot.orders.returnable import returnable_items
from bot.store.api import OrderApi
from bot.store.demo import DemoStore
from bot.store.models import Order, OrderState
from tests.demo_store.process import RunningStore
from tests.desk.order_bench import POLICY
from tests.orders.conftest import Faulty
from tests.store.fault_proxy import fault_proxy
from tests.store.platform import PATIENT

FIRST_PLAIN_ORDER = 1200  # those below are told apart by name in docs/demo-orders.md, and other tests use them

Take = Callable[..., Order]


@pytest_asyncio.fixture
async def log(tmp_path: Path) -> AsyncIterator[ConversationLog]:
    opened = ConversationLog(f"sqlite:///{tmp_path / 'conversations.db'}")
    await migrate(opened)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def api(store: RunningStore) -> AsyncIterator[OrderApi]:
    adapter = DemoStore(store.url, store.key, PATIENT)
    yield adapter
    await adapter.close()


@pytest_asyncio.fixture
async def faulty(store: RunningStore) -> AsyncIterator[Faulty]:
    async with fault_proxy(store.url) as proxy:
        adapter = DemoStore(proxy.url, store.key, PATIENT)
        yield Faulty(adapter, proxy)
        await adapter.close()


@pytest.fixture(scope="session")
def stock(store: RunningStore) -> list[Order]:
    orders = [Order.parse_obj(entry["order"]) for entry in store.dump()["orders"]]
    plain = [order for order in orders if int(order.number) >= FIRST_PLAIN_ORDER and not order.cases]
    never = datetime.min.replace(tzinfo=timezone.utc)
    return sorted(plain, key=lambda order: order.placed_at or never)


@pytest.fixture
def take(stock: list[Order]) -> Take:
    """``take(lambda order: …)``: the newest order like that, which no other test gets."""

    def taken(fits: Callable[[Order], bool]) -> Order:
        order = next(order for order in reversed(stock) if fits(order))
        stock.remove(order)
        return order

    return taken


def paid(order: Order) -> bool:
    return order.state is OrderState.paid and not order.items_changed


def moved(order: Order, line1: str = "99 New Street") -> dict[str, Any]:
    return {"address": {**order.shipping_address.dict(), "line1": line1}}


def returnable(order: Order) -> bool:
    return order.state is OrderState.delivered and any(
        item.quantity for item in returnable_items(order, POLICY, utc_now(), "changed_mind")
    )
