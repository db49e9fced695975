"""What may go back, how much of it, and what is asked about it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.orders.return_rules import (
    ReturnItem,
    check_items,
    condition_questions,
    photo_needed,
    return_reasons,
    wish_choices,
)
from bot.orders.returnable import returnable_items
from bot.orders.returns import may_return
from bot.orders.verdict import Helper
from bot.store.models import (
    Ability,
    Order,
    OrderState,
    ShipmentState,
    Wish,
)
from tests.orders.made_up import (
    NOW,
    POLICY,
    changed_policy,
    delivered_order,
    line,
    order,
    parcel,
    shipped_order,
)


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        (order(), "not_delivered"),
        (shipped_order(), "not_delivered"),
        (order(OrderState.cancelled), "already_cancelled"),
        (delivered_order([line(returned_quantity=1)]), "already_returned"),
        (delivered_order(days=91), "window_over"),
    ],
)
def test_an_order_of_which_nothing_can_go_back(shown: Order, reason: str) -> None:
    assert may_return(shown, POLICY, NOW).reason == reason


def test_a_platform_without_returns_leaves_it_to_a_person() -> None:
    assert may_return(delivered_order(), POLICY, NOW, frozenset()).reason == "not_supported"
    assert may_return(delivered_order(), POLICY, NOW, frozenset({Ability.return_})).allowed


@pytest.mark.parametrize(("days", "left"), [(30, 1), (31, 0)])
def test_the_last_day_of_the_window_still_counts(days: int, left: int) -> None:
    item = returnable_items(delivered_order(days=days), POLICY, NOW, "changed_mind")[0]
    assert item.quantity == left
    assert item.until == date(2026, 3, 18) if left else item.until == date(2026, 3, 17)


@pytest.mark.parametrize(
    ("bought", "reason", "why_not"),
    [
        (line(final_sale=True), "changed_mind", "final_sale"),
        (line(final_sale=True), "damaged", ""),
        (line(category="Food"), "changed_mind", "category"),
        (line(category="food"), "wrong_item", ""),
        (line(category="fashion"), "changed_mind", ""),
    ],
)
def test_final_sale_and_food_go_back_only_for_the_shops_mistakes(bought, reason: str, why_not: str) -> None:
    assert returnable_items(delivered_order([bought]), POLICY, NOW, reason)[0].why_not == why_not


def test_without_a_reason_the_kindest_rule_counts() -> None:
    assert returnable_items(delivered_order([line(final_sale=True)]), POLICY, NOW)[0].quantity == 1


def test_after_the_window_of_a_fault_a_person_may_still_help() -> None:
    late = delivered_order(days=40)
    assert returnable_items(late, POLICY, NOW, "changed_mind")[0].helper is Helper.nobody
    assert returnable_items(late, POLICY, NOW, "damaged")[0].helper is Helper.person


@pytest.mark.parametrize(("helper", "quantity"), [(Helper.bot, 1), (Helper.person, 0), (Helper.nobody, 0)])
def test_delivered_on_an_unknown_day(helper: Helper, quantity: int) -> None:
    shown = delivered_order(delivered_at=None, shipments=[])
    policy = changed_policy("returns", without_delivery_date=helper)
    assert returnable_items(shown, policy, NOW, "changed_mind")[0].quantity == quantity


def test_only_pieces_that_arrived_can_go_back() -> None:
    here, coming = line("l1", quantity=2), line("l2")
    shown = order(
        OrderState.partly_shipped, [here, coming], shipments=[parcel(ShipmentState.delivered, [here])]
    )  # fmt: skip
    items = {item.line_id: item for item in returnable_items(shown, POLICY, NOW)}
    assert (items["l1"].quantity, items["l2"].quantity) == (2, 0)
    assert (items["l2"].why_not, items["l2"].undelivered) == ("not_delivered", 1)


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ((), "no_items"),
        ((ReturnItem(line_id="l1", quantity=0),), "no_items"),
        ((ReturnItem(line_id="nope", quantity=1),), "unknown_item"),
        ((ReturnItem(line_id="l1", quantity=3),), "over_quantity"),
        ((ReturnItem(line_id="l1", quantity=1), ReturnItem(line_id="l1", quantity=2)), "over_quantity"),
        ((ReturnItem(line_id="l1", quantity=2),), ""),
    ],
)
def test_items_and_quantities_are_checked(items: tuple[ReturnItem, ...], reason: str) -> None:
    assert check_items(delivered_order([line(quantity=2)]), items, "changed_mind", POLICY, NOW).reason == reason


@given(quantity=st.integers(1, 6), wishes=st.lists(st.integers(1, 4), max_size=8))
def test_no_split_returns_more_than_arrived(quantity: int, wishes: list[int]) -> None:
    shown, returned = delivered_order([line(quantity=quantity)]), 0
    for wish in wishes:
        items = (ReturnItem(line_id="l1", quantity=wish),)
        if check_items(shown, items, "changed_mind", POLICY, NOW).allowed:
            returned += wish
            lines = [shown.lines[0].copy(update={"returned_quantity": returned})]
            shown = shown.copy(update={"lines": lines})
    assert returned <= quantity
    assert returnable_items(shown, POLICY, NOW, "changed_mind")[0].quantity == quantity - returned


def test_questions_about_the_condition_depend_on_what_it_is_and_whose_fault() -> None:
    item = (ReturnItem(line_id="l1", quantity=1),)
    earbuds, toner = delivered_order([line(category="electronics")]), delivered_order([line(category="beauty")])
    assert condition_questions(earbuds, item, "changed_mind", POLICY) == ["unused", "original_packaging"]
    assert condition_questions(toner, item, "changed_mind", POLICY) == ["unused", "sealed"]
    assert condition_questions(earbuds, item, "damaged", POLICY) == []


def test_every_reason_has_its_photo_rule_and_wishes() -> None:
    assert [reason for reason in return_reasons(POLICY) if photo_needed(reason, POLICY)] == [
        "wrong_item", "damaged", "faulty", "not_as_described",
    ]  # fmt: skip
    only_refunds = frozenset({Ability.return_})
    assert wish_choices("damaged", POLICY, only_refunds) == [Wish.refund, Wish.store_credit]
    assert wish_choices("missing_item", POLICY) == [Wish.replacement, Wish.refund]
