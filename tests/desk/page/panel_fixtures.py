"""A desk whose shoppers are in the middle of changing the address of an order that no other test has."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Locator

from bot.conversations.times import utc_now
from bot.store.demo import DemoStore
from bot.store.models import Order, OrderState
from tests.demo_store.process import RunningStore
from tests.desk.order_fixtures import Take, stock, take
from tests.desk.page.desk_page import DeskPage
from tests.desk.processes import Desk, DeskEngine, record_with_form
from tests.store.platform import PATIENT

__all__ = ["order", "own_desk", "own_engine", "stock", "take"]

T = TypeVar("T")


def paid(order: Order) -> bool:
    """In Malaysia, so that its address is asked in one way; its address may change, and it may be cancelled."""
    return (
        order.state is OrderState.paid
        and not order.items_changed
        and order.shipping_address.country == "MY"
        and order.customer.email is not None
    )


@pytest.fixture
def order(take: Take) -> Order:
    return take(paid)


@pytest.fixture
def own_engine(tmp_path: Path, order: Order) -> Iterator[DeskEngine]:
    running = DeskEngine(tmp_path / "engine", record_with_form(order, utc_now()))
    running.start()
    yield running
    running.kill()


@pytest.fixture
def own_desk(tmp_path: Path, own_engine: DeskEngine, store: RunningStore) -> Iterator[Desk]:
    running = Desk(tmp_path / "desk", own_engine.url, store)
    running.start()
    yield running
    running.kill()


def at_the_store(store: RunningStore, work: Callable[[DemoStore], Awaitable[T]]) -> T:
    """What somebody else does there; Playwright keeps a loop running in this thread."""

    async def run() -> T:
        api = DemoStore(store.url, store.key, PATIENT)
        try:
            return await work(api)
        finally:
            await api.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(run())).result()


def moves(store: RunningStore, order: Order, line1: str) -> None:
    """The order goes somewhere else, without the desk."""
    address = order.shipping_address.copy(update={"line1": line1})
    at_the_store(store, lambda api: api.change_address(order.id, address, key=f"{order.id}-{len(line1)}"))


def panel(desk: DeskPage, key: str) -> Locator:
    return desk.page.locator(f"#panel-{key}")


def field(desk: DeskPage, slot: str) -> Locator:
    return panel(desk, "form").locator(f'[data-slot="{slot}"]')


def handed_back(engine: DeskEngine, conversation_id: str) -> list[dict[str, Any]]:
    """What went to the bot."""
    turns = [each["input"] for each in engine.ran() if each["conversation_id"] == conversation_id]
    return [each["values"] for each in turns if each.get("payload") == "/hand_back"]
