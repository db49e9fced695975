from __future__ import annotations

import pytest

from bot.orders.cancel import may_cancel, preview_cancel
from bot.orders.next_step import Step
from bot.orders.verdict import Helper, Refused
from bot.store.models import Order, OrderState, Payment, PaymentKind, ShipmentState
from tests.orders.made_up import NOW, POLICY, changed_policy, delivered_order, line, money, order, parcel, shipped_order


@pytest.mark.parametrize(
    ("shown", "reason", "helper"),
    [
        (order(OrderState.packed), "already_packed", Helper.person),
        (shipped_order(), "already_shipped", Helper.person),
        (order(shipments=[parcel(ShipmentState.in_transit, [line()])]), "already_shipped", Helper.person),
        (delivered_order(), "already_delivered", Helper.nobody),
        (order(OrderState.cancelled), "already_cancelled", Helper.nobody),
        (order(OrderState.returned), "already_returned", Helper.nobody),
        (order(items_changed=True), "items_already_changed", Helper.person),
    ],
)
def test_too_late_to_cancel(shown: Order, reason: str, helper: Helper) -> None:
    verdict = may_cancel(shown, POLICY, NOW)
    assert (verdict.allowed, verdict.reason, verdict.helper) == (False, reason, helper)
    with pytest.raises(Refused) as refusal:
        preview_cancel(shown, "no_longer_needed", POLICY, NOW)
    assert refusal.value.verdict == verdict


def test_a_shop_may_let_the_bot_cancel_packed_orders() -> None:
    lenient = changed_policy("cancel", states=[OrderState.paid, OrderState.packed], person_states=[])
    assert may_cancel(order(OrderState.packed), lenient, NOW).allowed


def test_shopper_sees_what_goes_back_and_when() -> None:
    preview = preview_cancel(order(), "ordered_by_mistake", POLICY, NOW)
    assert [(part.method, part.amount) for part in preview.refunds] == [("Visa •••• 4242", money("58.00"))]
    assert [step.step for step in preview.next_steps] == [Step.refund_started, Step.refund_arrives]
    assert preview.from_slot(preview.to_slot()) == preview


def test_what_was_not_paid_is_not_refunded() -> None:
    preview = preview_cancel(order(OrderState.unpaid), "no_longer_needed", POLICY, NOW)
    assert (preview.refunds, preview.next_steps) == ((), ())


def test_a_part_already_refunded_does_not_go_back_twice() -> None:
    shown = order()
    gift = Payment(id="p2", kind=PaymentKind.payment, method_id="m2", method="Gift card", amount=money("10.00"))
    back = Payment(id="r1", kind=PaymentKind.refund, method_id="m1", method="Visa •••• 4242", amount=money("20.00"))
    shown = shown.copy(update={"payments": [*shown.payments, gift, back]})
    parts = preview_cancel(shown, "no_longer_needed", POLICY, NOW).refunds
    assert sum(part.amount.amount for part in parts) == money("48.00").amount


def test_only_the_shops_reasons_are_taken() -> None:
    with pytest.raises(Refused) as refusal:
        preview_cancel(order(), "because", POLICY, NOW)
    assert refusal.value.verdict.reason == "unknown_reason"
