from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.orders.next_step import Step
from bot.orders.refund_status import RefundState, refund_status
from bot.store.models import Case, CaseKind, CaseState, Order, OrderState, Payment, PaymentKind, PaymentState, Wish
from tests.orders.made_up import NOW, POLICY, days_ago, delivered_order, money, order


def with_refund(state: PaymentState, at: datetime | None, method: str = "Visa •••• 4242") -> Order:
    shown = order(OrderState.cancelled, cancelled_at=at)
    paid = shown.payments[0]
    refund = Payment(
        id="r1", kind=PaymentKind.refund, method_id="m1", method=method, amount=paid.amount, state=state, at=at
    )
    return shown.copy(update={"payments": [paid, refund]})


@pytest.mark.parametrize(
    ("shown", "state", "overdue"),
    [
        (with_refund(PaymentState.pending, days_ago(1)), RefundState.starting, False),
        (with_refund(PaymentState.pending, days_ago(8)), RefundState.starting, True),
        (with_refund(PaymentState.done, days_ago(2)), RefundState.sent, False),
        (with_refund(PaymentState.done, days_ago(30)), RefundState.arrived, False),
        (with_refund(PaymentState.done, None), RefundState.sent, False),
        (with_refund(PaymentState.failed, days_ago(2)), RefundState.failed, False),
        (order(OrderState.cancelled, cancelled_at=days_ago(1)), RefundState.starting, False),
    ],
)
def test_shopper_asks_where_the_money_is(shown: Order, state: RefundState, overdue: bool) -> None:
    status = refund_status(shown, POLICY, NOW)
    entry = next(entry for entry in status.entries if entry.state is state)
    assert entry.overdue is overdue
    assert status.needs_person is (overdue or state is RefundState.failed)


def test_an_e_wallet_is_faster_than_a_card() -> None:
    card = refund_status(with_refund(PaymentState.done, days_ago(1)), POLICY, NOW).entries[0].next_steps[-1]
    wallet = (
        refund_status(with_refund(PaymentState.done, days_ago(1), "GrabPay"), POLICY, NOW).entries[0].next_steps[-1]
    )
    assert (card.step, card.earliest, card.latest) == (Step.refund_arrives, date(2026, 3, 24), date(2026, 3, 26))
    assert (wallet.earliest, wallet.latest) == (date(2026, 3, 17), date(2026, 3, 20))


@pytest.mark.parametrize(
    ("state", "expected", "steps"),
    [
        (CaseState.requested, RefundState.waiting_review, [Step.review]),
        (CaseState.approved, RefundState.waiting_parcel, [Step.send_back, Step.refund_started, Step.refund_arrives]),
        (CaseState.received, RefundState.inspecting, [Step.inspect, Step.refund_started, Step.refund_arrives]),
    ],
)
def test_a_return_under_way_says_what_its_refund_waits_for(
    state: CaseState, expected: RefundState, steps: list[Step]
) -> None:
    case = Case(
        id="c", number="C-7", order_id="o_1", kind=CaseKind.return_, state=state, wish=Wish.refund,
        refund=money("50.00"), created_at=days_ago(2),
    )  # fmt: skip
    entry = refund_status(delivered_order(cases=[case]), POLICY, NOW).entries[0]
    assert (entry.state, entry.case_number, entry.amount) == (expected, "C-7", money("50.00"))
    assert [step.step for step in entry.next_steps] == steps


@pytest.mark.parametrize("shown", [order(), delivered_order(), order(OrderState.cancelled, payments=[])])
def test_no_refund_gives_no_entry(shown: Order) -> None:
    assert refund_status(shown, POLICY, NOW).entries == ()
