"""Cancelling is a job of Shopify's own: when it is slow, half done, or somebody else's."""

from __future__ import annotations

import pytest

from bot.store.errors import NotAllowed, OutcomeUnknown
from bot.store.models import OrderState, PaymentKind
from bot.store.shopify.store import ShopifyStore
from tests.store.fault_proxy import ANSWER_LOST, NO_FAULT, fault_proxy
from tests.store.platform import PATIENT
from tests.store.shopify.platform import connect, is_write
from tests.store.shopify.server import ShopifyServer
from tests.store.shopify.shop import Shop


async def test_order_is_cancelled_once_the_job_has_ended(shop: Shop, store: ShopifyStore) -> None:
    shop.job_takes = 0.7
    order = shop.add_order("unshipped")
    cancelled = await store.cancel(order["id"], "found_cheaper", key="slow")
    assert (cancelled.state, order["cancelReason"]) == (OrderState.cancelled, "CUSTOMER")
    assert [payment.kind for payment in cancelled.payments] == [PaymentKind.payment, PaymentKind.refund]
    assert "found_cheaper" in order["cancellation"]["staffNote"]
    assert [line.quantity for line in cancelled.lines] == [2, 1]  # still shown as ordered


async def test_job_that_never_ends_leaves_the_outcome_unknown(
    shop: Shop, store: ShopifyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.shopify.cancelling.PAUSES", (0.01, 0.01))
    shop.job_takes = 1000.0
    order = shop.add_order("unshipped")
    with pytest.raises(OutcomeUnknown):
        await store.cancel(order["id"], "other", key="stuck")
    next(iter(shop.jobs.values()))["_at"] = 0.0  # it ends after all
    assert (await store.cancel(order["id"], "other", key="stuck")).state is OrderState.cancelled
    assert len(shop.jobs) == 1


async def test_lost_answer_of_a_slow_job_is_recognised_when_the_key_comes_again(
    shop: Shop, server: ShopifyServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shop.job_takes = 0.5
    order = shop.add_order("unshipped")
    async with fault_proxy(server.url, is_write) as proxy:
        store = connect(proxy.url, PATIENT, tmp_path_factory.mktemp("state"))
        proxy.then_write(ANSWER_LOST)
        with pytest.raises(OutcomeUnknown):
            await store.cancel(order["id"], "other", key="lost")
        settled = await store.cancel(order["id"], "other", key="lost")  # refused: the first job is still at it
        await store.close()
    assert settled.state is OrderState.cancelled
    assert len(shop.jobs) == 1


async def test_job_that_ends_just_before_the_key_is_sent_again_is_recognised(
    shop: Shop, server: ShopifyServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Between the look and the write: the look's first answer is still an order that stands."""
    order = shop.add_order("unshipped")
    shop.job_takes = 1000.0
    async with fault_proxy(server.url, is_write) as proxy:
        store = connect(proxy.url, PATIENT, tmp_path_factory.mktemp("state"))
        proxy.then_write(ANSWER_LOST)
        with pytest.raises(OutcomeUnknown):
            await store.cancel(order["id"], "other", key="between")
        (job,) = shop.jobs.values()
        shop.when_parcels_are_read = lambda: job.update(_at=0.0)
        assert (await store.cancel(order["id"], "other", key="between")).state is OrderState.cancelled
        await store.close()
    assert len(shop.jobs) == 1


async def test_what_the_job_did_not_pay_back_is_paid_back_once(shop: Shop, store: ShopifyStore) -> None:
    shop.refund_of_cancel_fails = True
    order = shop.add_order("unshipped")
    cancelled = await store.cancel(order["id"], "other", key="unpaid")
    refunds = [payment for payment in cancelled.payments if payment.kind is PaymentKind.refund]
    assert [payment.amount for payment in refunds] == [cancelled.total]
    assert len(shop.refunds_by_key) == 1


async def test_cancelled_order_whose_money_cannot_go_back_is_not_told_as_refused(
    shop: Shop, store: ShopifyStore
) -> None:
    shop.refund_of_cancel_fails = shop.refuses_refunds = True
    order = shop.add_order("unshipped")
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            await store.cancel(order["id"], "other", key="no-money-back")
    shop.refuses_refunds = False
    settled = await store.cancel(order["id"], "other", key="no-money-back")
    assert [payment.kind for payment in settled.payments].count(PaymentKind.refund) == 1
    assert len(shop.jobs) == 1


async def test_job_that_ends_without_cancelling_is_a_refusal(
    shop: Shop, store: ShopifyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.shopify.cancelling.PAUSES", (0.05,) * 8)
    shop.job_fails = True
    order = shop.add_order("unshipped")
    with pytest.raises(NotAllowed, match="refused_by_store"):
        await store.cancel(order["id"], "other", key="job-fails")
    assert (await store.get_order(order["id"])).state is OrderState.paid


async def test_lost_answer_of_a_refund_pays_once(
    shop: Shop, server: ShopifyServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shop.refund_of_cancel_fails = True
    order = shop.add_order("unshipped")
    async with fault_proxy(server.url, is_write) as proxy:
        store = connect(proxy.url, PATIENT, tmp_path_factory.mktemp("state"))
        proxy.then_write(NO_FAULT, ANSWER_LOST)
        with pytest.raises(OutcomeUnknown):
            await store.cancel(order["id"], "other", key="refund-lost")
        settled = await store.cancel(order["id"], "other", key="refund-lost")
        await store.close()
    assert [payment.kind for payment in settled.payments].count(PaymentKind.refund) == 1


async def test_order_that_staff_cancelled_is_not_taken_for_our_doing(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("unshipped")
    order["cancelledAt"] = "2026-02-01T08:00:00Z"
    order["cancellation"] = {"staffNote": "out of stock"}
    with pytest.raises(NotAllowed, match="already_cancelled"):
        await store.cancel(order["id"], "other", key="too-late")


async def test_shop_that_does_not_show_who_cancelled_needs_a_person(
    shop: Shop, server: ShopifyServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shop.hides_staff_notes = True
    order = shop.add_order("unshipped")
    async with fault_proxy(server.url, is_write) as proxy:
        store = connect(proxy.url, PATIENT, tmp_path_factory.mktemp("state"))
        proxy.then_write(ANSWER_LOST)
        try:
            for _ in range(2):
                with pytest.raises(OutcomeUnknown):
                    await store.cancel(order["id"], "other", key="nobody-knows")
        finally:
            await store.close()


@pytest.mark.parametrize("kind", ["packing", "labelled"])
async def test_order_that_is_being_packed_stays(shop: Shop, store: ShopifyStore, kind: str) -> None:
    order = shop.add_order(kind)
    assert (await store.get_order(order["id"])).state is OrderState.packed
    with pytest.raises(NotAllowed, match="already_packed"):
        await store.cancel(order["id"], "other", key="packed")
    assert shop.jobs == {}
