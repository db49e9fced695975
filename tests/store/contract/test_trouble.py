"""A network or store in trouble: typed errors, no double writes, and an end to the waiting."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.processes.ports import free_port
from bot.store.api import OrderApi
from bot.store.errors import NotFound, OutcomeUnknown, RateLimited, Unavailable
from bot.store.models import Order, OrderState, PaymentKind, Proof, ProofKind
from bot.store.settle import settle
from tests.store.conftest import Faulty
from tests.store.fault_proxy import ANSWER_LOST, REQUEST_LOST, Fault, canned, replaced, slow
from tests.store.platform import Platform

BROKEN = {
    "500": canned(500),
    "502": canned(502, "<html>"),
    "503": canned(503),
    "malformed JSON": replaced('{"id": '),
    "missing fields": replaced('{"id": "1"}'),
    "an empty body": replaced(""),
    "a page instead of JSON": canned(404, "<html>no such page</html>"),
    "a cut connection": REQUEST_LOST,
}


def refunds(order: Order) -> int:
    return [payment.kind for payment in order.payments].count(PaymentKind.refund)


@pytest.mark.parametrize("fault", BROKEN.values(), ids=BROKEN)
async def test_read_survives_one_failure(platform: Platform, faulty: Faulty, fault: Fault) -> None:
    order = await faulty.api.find_order(*await platform.known())
    faulty.proxy.then(fault)
    assert await faulty.api.get_order(order.id) == order
    assert not faulty.proxy.faults


@pytest.mark.parametrize("fault", BROKEN.values(), ids=BROKEN)
async def test_read_that_keeps_failing_is_unavailable(platform: Platform, faulty: Faulty, fault: Fault) -> None:
    order = await faulty.api.find_order(*await platform.known())
    before = faulty.proxy.requests
    faulty.proxy.down = fault
    with pytest.raises(Unavailable):
        await faulty.api.get_order(order.id)
    assert faulty.proxy.requests == before + platform.patience.read_attempts


async def test_read_waits_for_a_slow_answer_only_so_long(platform: Platform, api: OrderApi, hasty: Faulty) -> None:
    order = await api.find_order(*await platform.known())
    hasty.proxy.down = slow(60)
    start = time.perf_counter()
    with pytest.raises(Unavailable):
        await hasty.api.get_order(order.id)
    assert time.perf_counter() - start < 30
    assert hasty.proxy.requests == platform.patience.read_attempts


async def test_write_whose_answer_is_too_slow_is_settled_by_its_key(
    platform: Platform, api: OrderApi, hasty: Faulty
) -> None:
    order = await platform.take(api, "unshipped")
    hasty.proxy.then_write(slow(60))
    with pytest.raises(OutcomeUnknown):
        await hasty.api.cancel(order.id, platform.cancel_reason, key=f"too-slow-{order.id}")
    settled = await api.cancel(order.id, platform.cancel_reason, key=f"too-slow-{order.id}")
    assert settled == await api.get_order(order.id)
    assert (settled.state, refunds(settled)) == (OrderState.cancelled, int(platform.refunds))


async def test_rejected_key_is_unavailable_and_not_tried_again(platform: Platform, faulty: Faulty) -> None:
    order = await faulty.api.find_order(*await platform.known())
    before = faulty.proxy.requests
    faulty.proxy.then(canned(401))
    with pytest.raises(Unavailable):
        await faulty.api.get_order(order.id)
    assert faulty.proxy.requests == before + 1


async def test_busy_store_says_when_to_come_back(platform: Platform, faulty: Faulty) -> None:
    order = await faulty.api.find_order(*await platform.known())
    before = faulty.proxy.requests
    faulty.proxy.then(canned(429, "", "Retry-After: 7"))
    with pytest.raises(RateLimited) as busy:
        await faulty.api.get_order(order.id)
    assert busy.value.retry_after == 7.0
    assert faulty.proxy.requests == before + 1


async def test_store_that_is_busy_for_a_moment_is_waited_for(platform: Platform, faulty: Faulty) -> None:
    order = await platform.take(faulty.api, "unshipped")
    faulty.proxy.then(canned(429, "", "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"))
    assert await faulty.api.get_order(order.id) == order
    assert not faulty.proxy.faults
    faulty.proxy.then_write(canned(429, "", "Retry-After: 1"))
    cancelled = await faulty.api.cancel(order.id, platform.cancel_reason, key=f"busy-{order.id}")
    assert (cancelled.state, refunds(cancelled)) == (OrderState.cancelled, int(platform.refunds))


@pytest.mark.parametrize(
    "fault",
    [ANSWER_LOST, replaced('{"id": '), replaced("{}"), replaced("")],
    ids=["cut", "malformed", "fields", "empty"],
)
async def test_write_whose_answer_is_lost_is_settled_by_its_key(
    platform: Platform, faulty: Faulty, fault: Fault
) -> None:
    order = await platform.take(faulty.api, "unshipped")
    key = f"lost-{order.id}"
    faulty.proxy.then_write(fault)
    with pytest.raises(OutcomeUnknown) as unknown:
        await faulty.api.cancel(order.id, platform.cancel_reason, key=key)
    assert unknown.value.key == key
    settled = await faulty.api.cancel(order.id, platform.cancel_reason, key=key)
    assert (settled.state, refunds(settled)) == (OrderState.cancelled, int(platform.refunds))


async def test_write_that_never_arrived_is_settled_by_writing_it(platform: Platform, faulty: Faulty) -> None:
    order = await platform.take(faulty.api, "unshipped")
    key = f"never-arrived-{order.id}"
    faulty.proxy.then_write(REQUEST_LOST)
    with pytest.raises(OutcomeUnknown):
        await faulty.api.cancel(order.id, platform.cancel_reason, key=key)
    assert (await faulty.api.get_order(order.id)).state is OrderState.paid
    settled = await faulty.api.cancel(order.id, platform.cancel_reason, key=key)
    assert settled.state is OrderState.cancelled


async def test_address_whose_answer_is_lost_is_settled_by_its_key(platform: Platform, faulty: Faulty) -> None:
    order = await platform.take(faulty.api, "unshipped")
    key = f"address-lost-{order.id}"
    faulty.proxy.then_write(ANSWER_LOST)
    with pytest.raises(OutcomeUnknown):
        await faulty.api.change_address(order.id, platform.new_address, key=key)
    settled = await faulty.api.change_address(order.id, platform.new_address, key=key)
    assert settled.shipping_address.line1 == platform.new_address.line1
    assert settled == await faulty.api.get_order(order.id)


async def test_settle_repeats_until_the_answer_arrives(platform: Platform, faulty: Faulty) -> None:
    order = await platform.take(faulty.api, "unshipped")
    key = f"settled-{order.id}"

    async def cancel() -> Order:
        return await faulty.api.cancel(order.id, platform.cancel_reason, key=key)

    faulty.proxy.then_write(ANSWER_LOST, REQUEST_LOST, canned(503))
    settled = await settle(cancel, key=key, first_pause=0.01)
    assert (settled.state, refunds(settled)) == (OrderState.cancelled, int(platform.refunds))


async def test_settle_gives_up_without_claiming_that_nothing_was_written(platform: Platform, faulty: Faulty) -> None:
    order = await platform.take(faulty.api, "unshipped")
    key = f"unsettled-{order.id}"

    async def cancel() -> Order:
        try:
            return await faulty.api.cancel(order.id, platform.cancel_reason, key=key)
        finally:
            faulty.proxy.down = canned(503)  # from the first answer's loss on

    faulty.proxy.then_write(ANSWER_LOST)
    with pytest.raises(OutcomeUnknown):
        await settle(cancel, key=key, repeats=2, first_pause=0.01)


async def test_write_is_never_sent_twice_by_the_adapter(platform: Platform, faulty: Faulty) -> None:
    order = await platform.take(faulty.api, "unshipped")
    before = faulty.proxy.writes
    faulty.proxy.then_write(canned(500))
    with pytest.raises(OutcomeUnknown):
        await faulty.api.cancel(order.id, platform.cancel_reason, key=f"once-only-{order.id}")
    assert faulty.proxy.writes == before + 1


async def test_write_to_a_store_that_is_down_was_surely_not_sent(platform: Platform, tmp_path: Path) -> None:
    nobody_there = f"http://127.0.0.1:{free_port()}{urlsplit(platform.url).path}"
    nobody = platform.connect(nobody_there, platform.patience, tmp_path)
    with pytest.raises(Unavailable):
        await nobody.cancel("any", platform.cancel_reason, key="down")
    await nobody.close()


async def test_circuit_opens_after_failures_in_a_row(platform: Platform, faulty: Faulty) -> None:
    order = await faulty.api.find_order(*await platform.known())
    faulty.proxy.down = canned(500)
    await _fail_until_nothing_is_asked(faulty, order.id)
    sent = faulty.proxy.requests
    start = time.perf_counter()
    with pytest.raises((Unavailable, OutcomeUnknown)):
        await faulty.api.cancel(order.id, platform.cancel_reason, key=f"open-{order.id}")
    assert time.perf_counter() - start < platform.patience.read  # at once, not after a time-out
    assert faulty.proxy.requests == sent


async def test_circuit_closes_again_when_the_store_is_well(platform: Platform, soon_again: Faulty) -> None:
    order = await soon_again.api.find_order(*await platform.known())
    soon_again.proxy.down = canned(500)
    for _ in range(platform.patience.failures_to_open):
        with pytest.raises(Unavailable):
            await soon_again.api.get_order(order.id)
    soon_again.proxy.down = None
    assert await _once_closed(soon_again, order.id) == order


async def test_refusals_do_not_open_the_circuit(platform: Platform, faulty: Faulty) -> None:
    order = await faulty.api.find_order(*await platform.known())
    for _ in range(platform.patience.failures_to_open + 2):
        with pytest.raises(NotFound):
            await faulty.api.get_order("no such order")
    assert await faulty.api.get_order(order.id) == order


async def test_whatever_a_shopper_types_opens_no_circuit(platform: Platform, faulty: Faulty) -> None:
    order = await faulty.api.find_order(*await platform.known())
    for text in ("", "x" * 3000, "\0", "订单", "'; DROP TABLE orders; --", "../../health", "%2e%2e", '"} mutation {'):
        with pytest.raises(NotFound):
            await faulty.api.find_order(text, Proof(kind=ProofKind.phone, value=text))
    assert await faulty.api.get_order(order.id) == order


async def test_writes_to_a_failing_store_open_the_circuit_too(platform: Platform, faulty: Faulty) -> None:
    order = await faulty.api.find_order(*await platform.known())
    faulty.proxy.down = canned(500)
    for index in range(platform.patience.failures_to_open):
        with pytest.raises((Unavailable, OutcomeUnknown)):
            await faulty.api.cancel(order.id, platform.cancel_reason, key=f"failing-{order.id}-{index}")
    sent = faulty.proxy.requests
    with pytest.raises((Unavailable, OutcomeUnknown)):
        await faulty.api.cancel(order.id, platform.cancel_reason, key=f"failing-{order.id}-last")
    assert faulty.proxy.requests == sent


async def _fail_until_nothing_is_asked(faulty: Faulty, order_id: str) -> None:
    sent = -1
    while sent != faulty.proxy.requests:
        sent = faulty.proxy.requests
        with pytest.raises(Unavailable):
            await faulty.api.get_order(order_id)


async def _once_closed(faulty: Faulty, order_id: str) -> Order | None:
    """What the circuit lets through again; None where it stays open for ever."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            return await faulty.api.get_order(order_id)
        except Unavailable:
            await asyncio.sleep(0.02)
    return None
