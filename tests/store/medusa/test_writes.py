"""Address and cancel, where Medusa has its own mind."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.store.errors import Invalid, NotAllowed
from bot.store.medusa.store import MedusaStore
from bot.store.models import OrderState, PaymentKind, PaymentState
from tests.store.medusa.platform import PATIENT, Medusa, connect_to
from tests.store.medusa.shopper import Shopper

pytestmark = pytest.mark.medusa


async def test_order_does_not_move_to_another_country(store: MedusaStore, shopper: Shopper) -> None:
    order = await store.get_order((await shopper.place())["id"])
    abroad = order.shipping_address.copy(
        update={"country": "SG", "postcode": "018956", "region": "", "city": "Singapore"}
    )
    with pytest.raises(Invalid) as refused:
        await store.change_address(order.id, abroad, key=f"abroad-{order.id}")
    assert refused.value.field == "country"
    assert await store.get_order(order.id) == order


async def test_every_part_of_an_address_comes_back_as_it_was_given(store: MedusaStore, shopper: Shopper) -> None:
    order = await store.get_order((await shopper.place(address_2="Flat 3", province="TX"))["id"])
    new = order.shipping_address.copy(
        update={"name": "Siti binti Ahmad", "line1": "1 New Rd", "line2": "", "district": "East", "phone": ""}
    )
    changed = await store.change_address(order.id, new, key=f"parts-{order.id}")
    assert changed.shipping_address == new == (await store.get_order(order.id)).shipping_address


async def test_unpaid_order_is_cancelled_without_a_refund(store: MedusaStore, shopper: Shopper) -> None:
    order = await store.get_order((await shopper.place(captured=False))["id"])
    assert (order.state, [payment.state for payment in order.payments]) == (OrderState.unpaid, [PaymentState.pending])
    cancelled = await store.cancel(order.id, "changed_mind", key=f"unpaid-{order.id}")
    assert cancelled.state is OrderState.cancelled
    assert [(payment.kind, payment.state) for payment in cancelled.payments] == [
        (PaymentKind.payment, PaymentState.failed)
    ]
    assert cancelled.total == order.total


async def test_cancelled_order_says_why_to_staff_and_keeps_what_it_cost(store: MedusaStore, shopper: Shopper) -> None:
    order = await store.get_order((await shopper.place())["id"])
    cancelled = await store.cancel(order.id, "changed_mind", key=f"why-{order.id}")
    assert (await shopper.order(order.id))["metadata"]["ramah_cancel"]["reason"] == "changed_mind"
    refunded = [each.amount for each in cancelled.payments if each.kind is PaymentKind.refund]
    assert (refunded, cancelled.total) == ([order.total], order.total)


async def test_order_that_staff_cancelled_is_not_taken_for_our_doing(store: MedusaStore, shopper: Shopper) -> None:
    order = await shopper.place()
    await shopper.admin("POST", f"/orders/{order['id']}/cancel", {})
    with pytest.raises(NotAllowed, match="already_cancelled"):
        await store.cancel(order["id"], "changed_mind", key=f"late-{order['id']}")


async def test_two_installations_cancel_at_once_and_money_goes_back_once(
    medusa: Medusa, shopper: Shopper, tmp_path: Path
) -> None:
    order = await shopper.place()
    rivals = [connect_to(medusa.store, medusa.store["url"], PATIENT, tmp_path / str(index)) for index in range(2)]
    outcomes = await asyncio.gather(
        *(rival.cancel(order["id"], "changed_mind", key=f"rival-{index}") for index, rival in enumerate(rivals)),
        return_exceptions=True,
    )
    seen = await rivals[0].get_order(order["id"])
    assert seen.state is OrderState.cancelled
    assert [payment.kind for payment in seen.payments].count(PaymentKind.refund) == 1
    assert not all(isinstance(outcome, Exception) for outcome in outcomes)
    for rival in rivals:
        await rival.close()
