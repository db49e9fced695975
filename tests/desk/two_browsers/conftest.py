"""Two real browsers before the real stack: a shopper on the shop's page, an agent at the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from bot.store.demo import DemoStore
from tests.desk.page.conftest import NewContext, new_context
from tests.desk.page.desk_page import DeskPage
from tests.desk.two_browsers.shop_page import ShopPage
from tests.end_to_end.desk_staff import PASSWORD, hire
from tests.end_to_end.store_reader import FreshStore
from tests.stack import Stack
from tests.store.platform import PATIENT
from tests.web.conftest import picture

__all__ = ["new_context", "picture"]

T = TypeVar("T")


@pytest.fixture(scope="session")
def staff(stack: Stack) -> None:
    hire(stack)


@pytest.fixture(scope="session")
def stocked(stack: Stack) -> Iterator[FreshStore]:
    (stack.settings.state_dir / "demo-orders.json").write_text("[]")  # what `ramah demo` puts there
    fresh = FreshStore(stack)
    yield fresh
    fresh.restore()


@pytest.fixture
def shop(stocked: FreshStore) -> FreshStore:
    """The store in its first state."""
    stocked.restore()
    return stocked


AtTheStore = Callable[[Callable[[DemoStore], Awaitable[T]]], T]


@pytest.fixture
def at_the_store(stack: Stack) -> AtTheStore[Any]:
    """``at_the_store(lambda api: api.cancel(...))``: what somebody else does there."""

    async def run(work: Callable[[DemoStore], Awaitable[Any]]) -> Any:
        api = DemoStore(stack.settings.store_url, stack.settings.store_key, PATIENT)
        try:
            return await work(api)
        finally:
            await api.close()

    def do(work: Callable[[DemoStore], Awaitable[Any]]) -> Any:
        with ThreadPoolExecutor(1) as thread:  # Playwright keeps a loop running in this one
            return thread.submit(lambda: asyncio.run(run(work))).result()

    return do


Enter = Callable[..., ShopPage]


@pytest.fixture
def enter(stack: Stack, shop: FreshStore, new_context: NewContext) -> Iterator[Enter]:
    """``enter()``: a new shopper with the widget open; afterwards nothing may have gone wrong in its console."""
    assert shop.orders_at_start
    pages: list[ShopPage] = []

    def come(**options: Any) -> ShopPage:
        options.setdefault("viewport", {"width": 1100, "height": 860})
        pages.append(ShopPage(new_context(**options).new_page(), stack.url))
        return pages[-1]

    yield come
    assert [page.complaints for page in pages if page.complaints] == []


@pytest.fixture
def shopper(enter: Enter) -> ShopPage:
    return enter()


AtTheDesk = Callable[..., DeskPage]


@pytest.fixture
def at_the_desk(stack: Stack, staff: None, new_context: NewContext) -> Iterator[AtTheDesk]:
    """``at_the_desk("aini")``: her page, signed in; afterwards nothing may have gone wrong in its console."""
    pages: list[DeskPage] = []

    def come(who: str, **options: Any) -> DeskPage:
        desk = DeskPage(new_context(**options).new_page(), stack.url)
        desk.sign_in_as(f"{who}@shop.example", PASSWORD)
        pages.append(desk)
        return desk

    yield come
    assert [page.complaints for page in pages if page.complaints] == []


@pytest.fixture
def agent(at_the_desk: AtTheDesk) -> DeskPage:
    return at_the_desk("aini")
