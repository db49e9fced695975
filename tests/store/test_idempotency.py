"""A key writes once, however often and however many at a time it is sent."""

from __future__ import annotations

import asyncio

import pytest

from bot.store.api import OrderApi
from bot.store.errors import Conflict, NotAllowed, StoreError
from bot.store.models import CaseItem, CaseKind, CaseRequest, OrderState, PaymentKind, Wish
from tests.store.platform import Platform


async def test_repeated_cancel_answers_alike_and_refunds_once(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    first = await api.cancel(order.id, platform.cancel_reason, key="cancel-twice")
    again = await api.cancel(order.id, platform.cancel_reason, key="cancel-twice")
    assert first == again == await api.get_order(order.id)
    assert [payment.kind for payment in again.payments].count(PaymentKind.refund) == 1


async def test_eight_parallel_calls_with_one_key_write_once(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "delivered")
    request = CaseRequest(
        kind=CaseKind.return_, items=[CaseItem(line_id=order.lines[0].id, quantity=1)], wish=Wish.refund
    )
    cases = await asyncio.gather(*(api.open_case(order.id, request, key="eight-at-once") for _ in range(8)))
    assert len({case.id for case in cases}) == 1
    assert [case.id for case in (await api.get_order(order.id)).cases] == [cases[0].id]


async def test_key_of_another_request_is_a_conflict_and_writes_nothing(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    await api.change_address(order.id, platform.new_address, key="one-key")
    elsewhere = platform.new_address.copy(update={"line1": "2 Other Street"})
    with pytest.raises(Conflict):
        await api.change_address(order.id, elsewhere, key="one-key")
    with pytest.raises(Conflict):
        await api.cancel(order.id, platform.cancel_reason, key="one-key")
    now = await api.get_order(order.id)
    assert (now.state, now.shipping_address.line1) == (OrderState.paid, platform.new_address.line1)


async def test_of_two_parallel_cancels_one_wins(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    outcomes = await asyncio.gather(
        *(api.cancel(order.id, platform.cancel_reason, key=f"rival-{index}") for index in range(2)),
        return_exceptions=True,
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, StoreError)]
    assert [type(error) for error in refused] == [NotAllowed]
    assert str(refused[0]) == "already_cancelled"
    payments = (await api.get_order(order.id)).payments
    assert [payment.kind for payment in payments] == [PaymentKind.payment, PaymentKind.refund]


async def test_refusal_is_repeated_under_its_key(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "shipped")
    for _ in range(2):
        with pytest.raises(NotAllowed, match="already_shipped"):
            await api.cancel(order.id, platform.cancel_reason, key="refused-twice")
