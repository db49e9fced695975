"""Six hundred requests a minute, what happens past them, and tokens that Ecwid does not take."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.ecwid.budget import PROBES, Budget
from bot.store.ecwid.store import EcwidStore
from bot.store.errors import NotFound, OutcomeUnknown, RateLimited, Unavailable
from bot.store.models import CaseItem, CaseKind, CaseRequest
from tests.store.ecwid.platform import PLENTY
from tests.store.ecwid.server import TOKEN, EcwidShop
from tests.store.platform import PATIENT


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def narrow() -> Iterator[EcwidShop]:
    """A shop that takes ten requests a minute."""
    running = EcwidShop(products=3, per_minute=10, cooldown=30)
    yield running
    running.stop()


def sent_within(budget: Budget, clock: Clock, seconds: float, step: float = 0.05) -> int:
    """How many of a greedy caller's requests are let through."""
    sent, until = 0, clock.now + seconds
    while clock.now < until:
        try:
            budget.take()
            sent += 1
        except RateLimited:
            clock.now += step
    return sent


def test_no_minute_has_more_requests_than_its_budget() -> None:
    clock = Clock()
    budget = Budget(600, clock)
    assert sent_within(budget, clock, 60) <= 601
    assert 450 <= sent_within(budget, clock, 60) <= 501  # without the first burst
    clock.now += 3600
    assert sent_within(budget, clock, 60) <= 601


def test_caller_hears_when_the_next_request_may_go() -> None:
    clock = Clock()
    budget = Budget(60, clock)
    for _ in range(10):
        budget.take()
    with pytest.raises(RateLimited) as busy:
        budget.take()
    clock.now += busy.value.retry_after
    budget.take()


def test_after_a_429_only_a_few_probes_go_until_its_time_is_over() -> None:
    clock = Clock()
    budget = Budget(600, clock)
    budget.hold(30)
    assert sent_within(budget, clock, 29.9) == PROBES
    assert sent_within(budget, clock, 10) > PROBES


def test_next_step_of_a_write_that_has_begun_is_never_held_up() -> None:
    budget = Budget(6, Clock())
    budget.take()
    budget.spend()
    with pytest.raises(RateLimited):
        budget.take()


async def test_busy_ecwid_is_left_alone(narrow: EcwidShop, tmp_path: Path) -> None:
    store = EcwidStore(narrow.url, TOKEN, tmp_path, PATIENT, per_minute=PLENTY)
    for _ in range(8):  # the first asks for the currency and the categories too
        with pytest.raises(NotFound):
            await store.get_order("UNKNOWN")
    waits = []
    for _ in range(40):
        with pytest.raises(RateLimited) as busy:
            await store.get_order("UNKNOWN")
        waits.append(busy.value.retry_after)
    assert len(narrow.requests) == 10 + 1 + PROBES
    assert all(29 < wait <= 31 for wait in waits)
    await store.close()


async def test_burst_of_shoppers_is_answered_a_little_later(shop: EcwidShop, tmp_path: Path) -> None:
    placed = shop.place()
    store = EcwidStore(shop.url, TOKEN, tmp_path, PATIENT, per_minute=600)
    orders = await asyncio.gather(*(store.get_order(placed["id"]) for _ in range(110)))  # 100 go at once
    assert {order.id for order in orders} == {placed["id"]}
    await store.close()


async def test_return_whose_second_step_meets_a_429_is_settled_later(narrow: EcwidShop, tmp_path: Path) -> None:
    placed = narrow.place(fulfillmentStatus="DELIVERED")
    item = CaseItem(line_id=str(placed["items"][0]["id"]), quantity=1)
    request = CaseRequest(kind=CaseKind.return_, items=[item], reason="too_small")
    store = EcwidStore(narrow.url, TOKEN, tmp_path, PATIENT, per_minute=PLENTY)
    narrow.per_minute = 4  # profile, categories, the order, its new field
    with pytest.raises(OutcomeUnknown):
        await store.open_case(placed["id"], request, key="limited")
    assert (len(placed["orderExtraFields"]), placed["privateAdminNotes"]) == (1, "")
    narrow.per_minute = None
    case = await store.open_case(placed["id"], request, key="limited")
    assert [field["id"] for field in placed["orderExtraFields"]] == [case.id]
    assert placed["privateAdminNotes"].startswith(case.number)
    await store.close()


async def test_wrong_token_is_said_and_not_sent_again_and_again(shop: EcwidShop, tmp_path: Path) -> None:
    store = EcwidStore(shop.url, "secret_wrong", tmp_path, PATIENT, per_minute=PLENTY)
    before = len(shop.requests)
    with pytest.raises(Unavailable, match="INVALID_API_TOKEN"):
        await store.try_key()
    for _ in range(40):
        with pytest.raises(Unavailable):
            await store.try_key()
    assert len(shop.requests) - before <= 1 + PROBES  # far below the twenty a minute that block it for long
    await store.close()


async def test_missing_scope_is_named(shop: EcwidShop, store: EcwidStore) -> None:
    placed = shop.place()
    shop.scopes.discard("update_orders")
    try:
        with pytest.raises(Unavailable, match="INSUFFICIENT_APP_SCOPE"):
            await store.cancel(placed["id"], "changed_mind", key=f"scope-{placed['id']}")
    finally:
        shop.scopes.add("update_orders")
    assert placed["paymentStatus"] == "PAID"


async def test_wrong_store_id_is_not_taken_for_an_unknown_order(shop: EcwidShop, tmp_path: Path) -> None:
    store = EcwidStore(shop.url.replace("1003", "1004"), TOKEN, tmp_path, PATIENT, per_minute=PLENTY)
    with pytest.raises(Unavailable, match="STORE_NOT_FOUND"):
        await store.get_order("SALE-X8UYE")
    await store.close()
