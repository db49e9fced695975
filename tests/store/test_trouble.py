"""A network or store in trouble: typed errors, no double writes, and an end to the waiting."""

from __future__ import annotations

import json
import time

import pytest

from bot.processes.ports import free_port
from bot.store.api import OrderApi
from bot.store.errors import NotFound, OutcomeUnknown, RateLimited, Unavailable
from bot.store.models import OrderState, PaymentKind, Proof, ProofKind
from bot.store.settle import settle
from tests.store.conftest import Faulty
from tests.store.fault_proxy import ANSWER_LOST, REQUEST_LOST, Fault, canned, replaced, slow
from tests.store.platform import PATIENT, Platform

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


@pytest.mark.parametrize("fault", BROKEN.values(), ids=BROKEN)
async def test_read_survives_one_failure(platform: Platform, faulty: Faulty, fault: Fault) -> None:
    order = await faulty.api.find_order(*platform.shipped[0])
    faulty.proxy.then(fault)
    assert await faulty.api.get_order(order.id) == order


@pytest.mark.parametrize("fault", BROKEN.values(), ids=BROKEN)
async def test_read_that_keeps_failing_is_unavailable(platform: Platform, faulty: Faulty, fault: Fault) -> None:
    faulty.proxy.then(*[fault] * PATIENT.read_attempts)
    with pytest.raises(Unavailable):
        await faulty.api.find_order(*platform.shipped[0])
    assert faulty.proxy.requests == PATIENT.read_attempts


async def test_read_waits_for_a_slow_answer_only_so_long(hasty: Faulty) -> None:
    hasty.proxy.then(*[slow(30)] * PATIENT.read_attempts)
    start = time.perf_counter()
    with pytest.raises(Unavailable):
        await hasty.api.capabilities()
    assert time.perf_counter() - start < 15
    assert hasty.proxy.requests == PATIENT.read_attempts


async def test_write_whose_answer_is_too_slow_is_settled_by_its_key(
    platform: Platform, api: OrderApi, hasty: Faulty
) -> None:
    order = await platform.take(api, "unshipped")
    hasty.proxy.then(slow(30))
    with pytest.raises(OutcomeUnknown):
        await hasty.api.cancel(order.id, platform.cancel_reason, key="too-slow")
    settled = await api.cancel(order.id, platform.cancel_reason, key="too-slow")
    assert settled == await api.get_order(order.id)
    assert [payment.kind for payment in settled.payments].count(PaymentKind.refund) == 1


async def test_rejected_key_is_unavailable_and_not_tried_again(platform: Platform, faulty: Faulty) -> None:
    faulty.proxy.then(canned(401))
    with pytest.raises(Unavailable):
        await faulty.api.capabilities()
    assert faulty.proxy.requests == 1


async def test_busy_store_says_when_to_come_back(platform: Platform, faulty: Faulty) -> None:
    faulty.proxy.then(canned(429, "", "Retry-After: 7"), canned(429, "", "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"))
    for seconds in (7.0, 0.0):
        with pytest.raises(RateLimited) as busy:
            await faulty.api.capabilities()
        assert busy.value.retry_after == seconds
    assert faulty.proxy.requests == 2


@pytest.mark.parametrize(
    "fault", [ANSWER_LOST, replaced('{"id": '), replaced("{}")], ids=["cut", "malformed", "fields"]
)
async def test_write_whose_answer_is_lost_is_settled_by_its_key(
    platform: Platform, faulty: Faulty, fault: Fault
) -> None:
    order = await platform.take(faulty.api, "unshipped")
    key = f"lost-{order.id}"
    faulty.proxy.then(fault)
    with pytest.raises(OutcomeUnknown) as unknown:
        await faulty.api.cancel(order.id, platform.cancel_reason, key=key)
    assert unknown.value.key == key
    assert (await faulty.api.get_order(order.id)).state is OrderState.cancelled  # it did happen
    settled = await faulty.api.cancel(order.id, platform.cancel_reason, key=key)
    assert [payment.kind for payment in settled.payments].count(PaymentKind.refund) == 1


async def test_write_that_never_arrived_is_settled_by_writing_it(platform: Platform, faulty: Faulty) -> None:
    order = await platform.take(faulty.api, "unshipped")
    faulty.proxy.then(REQUEST_LOST)
    with pytest.raises(OutcomeUnknown):
        await faulty.api.cancel(order.id, platform.cancel_reason, key="never-arrived")
    assert (await faulty.api.get_order(order.id)).state is OrderState.paid
    settled = await faulty.api.cancel(order.id, platform.cancel_reason, key="never-arrived")
    assert settled.state is OrderState.cancelled


async def test_settle_repeats_until_the_answer_arrives(platform: Platform, faulty: Faulty) -> None:
    order = await platform.take(faulty.api, "unshipped")

    async def cancel():
        return await faulty.api.cancel(order.id, platform.cancel_reason, key="settled")

    faulty.proxy.then(ANSWER_LOST, REQUEST_LOST, canned(503))
    settled = await settle(cancel, key="settled", first_pause=0.01)
    assert [payment.kind for payment in settled.payments].count(PaymentKind.refund) == 1
    assert faulty.proxy.requests == 5  # the look-up and four writes


async def test_settle_gives_up_without_claiming_that_nothing_was_written(platform: Platform, faulty: Faulty) -> None:
    order = await platform.take(faulty.api, "unshipped")

    async def cancel():
        return await faulty.api.cancel(order.id, platform.cancel_reason, key="unsettled")

    faulty.proxy.then(ANSWER_LOST, canned(503), canned(429, "", "Retry-After: 0"))
    with pytest.raises(OutcomeUnknown):
        await settle(cancel, key="unsettled", repeats=2, first_pause=0.01)


async def test_write_is_never_sent_twice_by_the_adapter(platform: Platform, faulty: Faulty) -> None:
    order = await platform.take(faulty.api, "unshipped")
    before = faulty.proxy.requests
    faulty.proxy.then(canned(500))
    with pytest.raises(OutcomeUnknown):
        await faulty.api.cancel(order.id, platform.cancel_reason, key="once-only")
    assert faulty.proxy.requests == before + 1


async def test_write_to_a_store_that_is_down_was_surely_not_sent(platform: Platform) -> None:
    nobody = platform.connect(f"http://127.0.0.1:{free_port()}", PATIENT)
    with pytest.raises(Unavailable):
        await nobody.cancel("any", platform.cancel_reason, key="down")
    await nobody.close()


async def test_circuit_opens_after_failures_in_a_row_and_closes_again(platform: Platform, faulty: Faulty) -> None:
    faulty.proxy.then(*[canned(500)] * PATIENT.failures_to_open)
    while faulty.proxy.faults:
        with pytest.raises(Unavailable):
            await faulty.api.capabilities()
    sent = faulty.proxy.requests
    start = time.perf_counter()
    with pytest.raises(Unavailable):
        await faulty.api.cancel("any", platform.cancel_reason, key="open")
    assert time.perf_counter() - start < PATIENT.read  # at once, not after a time-out
    assert faulty.proxy.requests == sent
    assert await _once_closed(faulty)


async def test_refusals_do_not_open_the_circuit(platform: Platform, faulty: Faulty) -> None:
    for _ in range(PATIENT.failures_to_open + 2):
        with pytest.raises(NotFound):
            await faulty.api.get_order("no such order")
    assert await faulty.api.capabilities()


async def test_whatever_a_shopper_types_opens_no_circuit(platform: Platform, faulty: Faulty) -> None:
    for text in ("", "x" * 3000, "\0", "订单", "'; DROP TABLE orders; --", "../../health", "%2e%2e"):
        with pytest.raises(NotFound):
            await faulty.api.find_order(text, Proof(kind=ProofKind.phone, value=text))
    assert await faulty.api.capabilities()


async def test_writes_to_a_failing_store_open_the_circuit_too(platform: Platform, faulty: Faulty) -> None:
    faulty.proxy.then(*[canned(500)] * PATIENT.failures_to_open)
    for index in range(PATIENT.failures_to_open):
        with pytest.raises(OutcomeUnknown):
            await faulty.api.cancel("any", platform.cancel_reason, key=f"failing-{index}")
    with pytest.raises(Unavailable):
        await faulty.api.cancel("any", platform.cancel_reason, key="failing-last")


async def test_no_proof_ever_stands_in_a_url(
    platform: Platform, faulty: Faulty, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="httpx")
    number, proof = platform.shipped[0]
    await faulty.api.find_order(number, proof)
    logged = json.dumps([record.getMessage() for record in caplog.records])
    assert "/v1/orders/find" in logged
    assert proof.value not in logged


async def _once_closed(faulty: Faulty) -> bool:
    """Whether the circuit lets a call through again within a few times its open span."""
    until = time.monotonic() + 5 * PATIENT.open_for
    while time.monotonic() < until:
        try:
            return bool(await faulty.api.capabilities())
        except Unavailable:
            continue
    return False
