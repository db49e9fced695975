"""What the shop's rules leave to a person, a person may do; nothing else changes."""

from __future__ import annotations

from bot.orders.address import may_become
from bot.orders.cancel import may_cancel
from bot.orders.policy_by_person import by_person
from bot.orders.returns import may_return
from bot.orders.verdict import Helper
from bot.store.models import OrderState
from tests.orders.made_up import NOW, POLICY, changed_policy, delivered_order, order, shipped_order


def test_person_cancels_what_is_packed_but_nobody_cancels_what_has_left() -> None:
    assert may_cancel(order(OrderState.packed), POLICY, NOW).helper is Helper.person
    assert may_cancel(order(OrderState.packed), by_person(POLICY), NOW).allowed
    assert may_cancel(shipped_order(), by_person(POLICY), NOW).reason == "already_shipped"
    assert not may_cancel(order(OrderState.cancelled), by_person(POLICY), NOW).allowed


def test_person_cancels_an_order_whose_items_were_changed() -> None:
    changed = order(items_changed=True)
    assert may_cancel(changed, POLICY, NOW).reason == "items_already_changed"
    assert may_cancel(changed, by_person(POLICY), NOW).allowed


def test_person_may_send_it_abroad_unless_the_shop_says_nobody_may() -> None:
    there = {"country": "SG", "postcode": "079903", "region": "", "city": "", "phone": "+6561234567"}
    abroad = order().shipping_address.copy(update=there)
    assert may_become(order(), abroad, POLICY).reason == "another_country"
    assert may_become(order(), abroad, by_person(POLICY)).allowed
    never = changed_policy("address_change", another_country=Helper.nobody)
    assert may_become(order(), abroad, by_person(never)).reason == "another_country"


def test_person_may_take_back_late_what_is_the_shops_fault() -> None:
    late = delivered_order(days=91)
    assert may_return(late, POLICY, NOW).helper is Helper.person
    assert may_return(late, by_person(POLICY), NOW).allowed
    never = changed_policy("returns", out_of_time=Helper.nobody)
    assert may_return(late, by_person(never), NOW).reason == "window_over"


def test_rules_that_leave_nothing_to_a_person_stay_as_they_are() -> None:
    assert by_person(by_person(POLICY)) == by_person(POLICY)
    assert by_person(POLICY).returns.automatic_up_to == POLICY.returns.automatic_up_to
