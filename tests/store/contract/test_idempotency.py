"""A key writes once, however often and however many at a time it is sent."""

from __future__ import annotations

import asyncio

import pytest

from bot.store.api import OrderApi
from bot.store.errors import Conflict, NotAllowed, OutcomeUnknown, StoreError
from bot.store.models import CaseItem, CaseKind, CaseRequest, Order, OrderState, PaymentKind, Wish
from tests.store.conftest import Faulty
from tests.store.fault_proxy import ANSWER_LOST, NO_FAULT, REQUEST_LOST, Fault
from tests.store.platform import Platform

MOST_STEPS = 12  # requests of one write; a write that takes more is written wrongly


def returning(order: Order) -> CaseRequest:
    return CaseRequest(
        kind=CaseKind.return_,
        items=[CaseItem(line_id=order.lines[0].id, quantity=1)],
        wish=Wish.refund,
        reason="changed_mind",
    )


def refunds(order: Order) -> int:
    return [payment.kind for payment in order.payments].count(PaymentKind.refund)


async def test_repeated_cancel_answers_alike_and_refunds_once(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    first = await api.cancel(order.id, platform.cancel_reason, key="cancel-twice")
    again = await api.cancel(order.id, platform.cancel_reason, key="cancel-twice")
    assert first == again == await api.get_order(order.id)
    assert (again.state, refunds(again)) == (OrderState.cancelled, int(platform.refunds))


async def test_eight_parallel_calls_with_one_key_write_once(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "delivered")
    request = returning(order)
    cases = await asyncio.gather(*(api.open_case(order.id, request, key=f"eight-{order.id}") for _ in range(8)))
    assert len({case.id for case in cases}) == 1
    assert [case.id for case in (await api.get_order(order.id)).cases] == [cases[0].id]


async def test_key_of_another_request_is_a_conflict_and_writes_nothing(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    key = f"one-key-{order.id}"
    await api.change_address(order.id, platform.new_address, key=key)
    elsewhere = platform.new_address.copy(update={"line1": "2 Other Street"})
    with pytest.raises(Conflict):
        await api.change_address(order.id, elsewhere, key=key)
    with pytest.raises(Conflict):
        await api.cancel(order.id, platform.cancel_reason, key=key)
    now = await api.get_order(order.id)
    assert (now.state, now.shipping_address.line1) == (OrderState.paid, platform.new_address.line1)


async def test_of_two_parallel_cancels_one_wins(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    outcomes = await asyncio.gather(
        *(api.cancel(order.id, platform.cancel_reason, key=f"rival-{order.id}-{index}") for index in range(2)),
        return_exceptions=True,
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, StoreError)]
    assert [type(error) for error in refused] == [NotAllowed]
    assert str(refused[0]) == "already_cancelled"
    assert refunds(await api.get_order(order.id)) == int(platform.refunds)


async def test_refusal_is_repeated_under_its_key(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "shipped")
    for _ in range(2):
        with pytest.raises(NotAllowed, match="already_shipped"):
            await api.cancel(order.id, platform.cancel_reason, key=f"refused-{order.id}")


@pytest.mark.parametrize("fault", [ANSWER_LOST, REQUEST_LOST], ids=["answer lost", "request lost"])
async def test_return_that_is_cut_at_any_of_its_steps_is_opened_once(
    platform: Platform, faulty: Faulty, fault: Fault
) -> None:
    """The first step alone is cut, then the second alone … until a return needs no more steps."""
    for steps_before in range(MOST_STEPS):
        order = await platform.take(faulty.api, "delivered")
        key = f"cut-{order.id}"
        faulty.proxy.then_write(*[NO_FAULT] * steps_before, fault)
        try:
            case = await faulty.api.open_case(order.id, returning(order), key=key)
        except OutcomeUnknown:
            assert not faulty.proxy.write_faults
            case = await faulty.api.open_case(order.id, returning(order), key=key)
        untouched = bool(faulty.proxy.write_faults)
        faulty.proxy.write_faults.clear()
        assert [(each.id, each.items) for each in (await faulty.api.get_order(order.id)).cases] == [
            (case.id, returning(order).items)
        ]
        if untouched:
            assert steps_before > 0
            return
    raise AssertionError("a return takes too many requests")
