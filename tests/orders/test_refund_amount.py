from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.orders.refund_amount import items_refund, line_paid, refundable_amount
from bot.store.models import Case, CaseKind, CaseState, Line, Order, OrderState, Payment, PaymentKind, PaymentState
from tests.orders.made_up import NOW, POLICY, delivered_order, line, money

UNITS = {"MYR": Decimal("0.01"), "IDR": Decimal(1), "JPY": Decimal(1)}


@st.composite
def discounted_orders(draw: st.DrawFn) -> Order:
    currency = draw(st.sampled_from(["MYR", "IDR"]))
    digits = 2 if currency == "MYR" else 0
    prices = st.decimals(0, 5000, places=digits)
    lines = [
        line(f"l{i}", str(draw(prices)), draw(st.integers(1, 5)), currency=currency)
        for i in range(draw(st.integers(1, 5)))
    ]
    gross = sum((each.unit_price.amount * each.quantity for each in lines), Decimal(0))
    discount = draw(st.decimals(0, gross, places=digits))
    return delivered_order(lines, discount=money(str(discount), currency), shipping=money("0", currency))


@given(shown=discounted_orders(), data=st.data())
def test_returning_in_any_split_gives_exactly_what_was_paid(shown: Order, data: st.DataObject) -> None:
    pieces = [each.id for each in shown.lines for _ in range(each.quantity)]
    left = data.draw(st.permutations(pieces))
    refunded = Decimal(0)
    while left:
        size = data.draw(st.integers(1, len(left)))
        now, left = left[:size], left[size:]
        part = {line_id: now.count(line_id) for line_id in set(now)}
        refund = items_refund(shown, part, POLICY)
        assert refund.amount >= 0
        assert refund.amount % UNITS[refund.currency] == 0
        refunded += refund.amount
        shown = shown.copy(update={"lines": [_returned(each, part.get(each.id, 0)) for each in shown.lines]})
    gross = sum((each.unit_price.amount * each.quantity for each in shown.lines), Decimal(0))
    assert refunded == gross - shown.discount.amount == shown.total.amount


def _returned(each: Line, pieces: int) -> Line:
    return each.copy(update={"returned_quantity": each.returned_quantity + pieces})


@given(shown=discounted_orders())
def test_the_lines_together_are_the_discounted_sum(shown: Order) -> None:
    assert sum(line_paid(shown, each.id, POLICY) for each in shown.lines) == shown.total.amount


def test_a_discount_is_shared_by_price() -> None:
    shown = delivered_order([line("l1", "90.00"), line("l2", "10.00")], discount=money("10.00"))
    assert items_refund(shown, {"l1": 1}, POLICY) == money("81.00")
    assert items_refund(shown, {"l2": 1}, POLICY) == money("9.00")


def test_three_for_ten_give_every_sen_back() -> None:
    shown = delivered_order([line("l1", "10.00", 3)], discount=money("20.00"))
    assert items_refund(shown, {"l1": 1}, POLICY) == money("3.33")
    assert items_refund(shown, {"l1": 3}, POLICY) == money("10.00")


def refund(amount: str, state: PaymentState = PaymentState.done) -> Payment:
    return Payment(id="r", kind=PaymentKind.refund, method_id="m1", method="Visa", amount=money(amount), state=state)


def case(amount: str, state: CaseState) -> Case:
    return Case(
        id="c", number="C-1", order_id="o_1", kind=CaseKind.return_, state=state, refund=money(amount), created_at=NOW
    )


@pytest.mark.parametrize(
    ("payments", "cases", "left"),
    [
        ([], [], "58.00"),
        ([refund("20.00")], [], "38.00"),
        ([refund("20.00", PaymentState.pending)], [], "38.00"),
        ([refund("20.00", PaymentState.failed)], [], "58.00"),
        ([], [case("50.00", CaseState.approved)], "8.00"),
        ([refund("50.00", PaymentState.pending)], [case("50.00", CaseState.approved)], "8.00"),  # one and the same
        ([refund("20.00")], [case("20.00", CaseState.approved), case("20.00", CaseState.approved)], "18.00"),
        ([], [case("50.00", CaseState.rejected)], "58.00"),
        ([refund("58.00")], [case("50.00", CaseState.requested)], "0"),
    ],
)
def test_what_may_still_go_back(payments: list[Payment], cases: list[Case], left: str) -> None:
    shown = delivered_order(cases=cases)
    shown = shown.copy(update={"payments": [*shown.payments, *payments]})
    assert refundable_amount(shown) == money(left)


def test_an_unpaid_order_has_nothing_to_give_back() -> None:
    waiting = Payment(
        id="p", kind=PaymentKind.payment, method_id="m", method="FPX", amount=money("58.00"), state=PaymentState.pending
    )
    shown = delivered_order().copy(update={"payments": [waiting], "state": OrderState.unpaid})
    assert refundable_amount(shown).amount == 0
