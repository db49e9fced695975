"""Ecwid's two statuses, and what Ramah makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.ecwid.states import order_state
from bot.store.ecwid.store import EcwidStore
from bot.store.errors import NotAllowed, NotFound
from bot.store.models import CaseItem, CaseKind, CaseRequest, OrderState, PaymentKind, ShipmentState
from tests.store.ecwid.platform import PLENTY
from tests.store.ecwid.server import TOKEN, EcwidShop
from tests.store.ecwid.update_rules import FULFILMENT, PAYMENT
from tests.store.platform import PATIENT


@pytest.mark.parametrize(
    ("payment", "fulfilment", "state"),
    [
        ("AWAITING_PAYMENT", "AWAITING_PROCESSING", OrderState.unpaid),
        ("PAID", "AWAITING_PROCESSING", OrderState.paid),
        ("PARTIALLY_REFUNDED", "AWAITING_PROCESSING", OrderState.paid),
        ("PAID", "PROCESSING", OrderState.packed),
        ("PAID", "READY_FOR_PICKUP", OrderState.packed),
        ("PAID", "CUSTOM_FULFILLMENT_STATUS_2", OrderState.packed),
        ("PAID", "SHIPPED", OrderState.shipped),
        ("AWAITING_PAYMENT", "SHIPPED", OrderState.shipped),  # cash on delivery
        ("PAID", "OUT_FOR_DELIVERY", OrderState.shipped),
        ("PAID", "DELIVERED", OrderState.delivered),
        ("REFUNDED", "DELIVERED", OrderState.delivered),
        ("REFUNDED", "AWAITING_PROCESSING", OrderState.cancelled),
        ("PAID", "RETURNED", OrderState.returned),
        ("PAID", "WILL_NOT_DELIVER", OrderState.cancelled),
        ("CANCELLED", "AWAITING_PROCESSING", OrderState.cancelled),
        ("CUSTOM_PAYMENT_STATUS_1", "AWAITING_PROCESSING", OrderState.unpaid),
    ],
)
async def test_shopper_sees_the_state_that_the_two_statuses_mean(
    shop: EcwidShop, store: EcwidStore, payment: str, fulfilment: str, state: OrderState
) -> None:
    placed = shop.place(paymentStatus=payment, fulfillmentStatus=fulfilment)
    assert (await store.get_order(placed["id"])).state is state


@pytest.mark.parametrize("payment", sorted(PAYMENT))
@pytest.mark.parametrize("fulfilment", sorted(FULFILMENT | {"A_STATUS_OF_NEXT_YEAR"}))
def test_every_pair_of_statuses_has_a_state_and_none_unknown_promises_anything(payment: str, fulfilment: str) -> None:
    state = order_state(payment, fulfilment, {})
    if fulfilment not in FULFILMENT and payment not in {"CANCELLED", "REFUNDED"}:
        assert state is OrderState.packed


async def test_shop_says_what_its_own_status_means(shop: EcwidShop, tmp_path: Path) -> None:
    placed = shop.place(fulfillmentStatus="CUSTOM_FULFILLMENT_STATUS_1")
    custom = {"CUSTOM_FULFILLMENT_STATUS_1": OrderState.shipped}
    store = EcwidStore(shop.url, TOKEN, tmp_path, PATIENT, custom=custom, per_minute=PLENTY)
    order = await store.get_order(placed["id"])
    assert (order.state, order.shipments[0].state) == (OrderState.shipped, ShipmentState.in_transit)
    assert not [sentence for sentence in await store.notes() if "printer" in sentence]
    await store.close()


async def test_check_names_statuses_that_nobody_explained(store: EcwidStore) -> None:
    told = [sentence for sentence in await store.notes() if "count as packed" in sentence]
    assert len(told) == 1
    assert "At the printer's" in told[0]
    assert "custom_fulfillment_status_1" in told[0]


async def test_unfinished_sale_is_no_order(shop: EcwidShop, store: EcwidStore) -> None:
    placed = shop.place(paymentStatus="INCOMPLETE", customerId=7001)
    with pytest.raises(NotFound):
        await store.get_order(placed["id"])
    assert await store.orders_of("7001") == []


async def test_one_parcel_with_its_number_and_never_two(shop: EcwidShop, store: EcwidStore) -> None:
    placed = shop.place(fulfillmentStatus="OUT_FOR_DELIVERY", trackingNumber="ER123456789MY")
    order = await store.get_order(placed["id"])
    (parcel,) = order.shipments
    assert (parcel.state, parcel.tracking_number, parcel.carrier) == (
        ShipmentState.out_for_delivery,
        "ER123456789MY",
        "Pos Laju",
    )
    assert [item.quantity for item in parcel.items] == [line.quantity for line in order.lines]
    assert (order.delivered_at, order.promised_on) == (None, None)


async def test_label_bought_in_ecwid_gives_the_tracking_page(shop: EcwidShop, store: EcwidStore) -> None:
    label = {"id": "1", "tracking": {"tracking_number": "1Z999", "tracking_url": "https://track.example.com/1Z999"}}
    placed = shop.place(fulfillmentStatus="SHIPPED", shipments=[label])
    parcel = (await store.get_order(placed["id"])).shipments[0]
    assert (parcel.tracking_number, parcel.tracking_url) == ("1Z999", "https://track.example.com/1Z999")


async def test_tracking_number_on_a_waiting_order_is_a_label_not_a_journey(shop: EcwidShop, store: EcwidStore) -> None:
    placed = shop.place(fulfillmentStatus="PROCESSING", trackingNumber="ER1")
    assert (await store.get_order(placed["id"])).shipments[0].state is ShipmentState.packed


async def test_refunds_are_those_that_ecwid_tells_of(shop: EcwidShop, store: EcwidStore) -> None:
    refund = {"date": "2017-09-12 10:12:56 +0000", "source": "CP", "reason": "Test", "amount": 3.5}
    placed = shop.place(paymentStatus="PARTIALLY_REFUNDED", refundedAmount=3.5, refunds=[refund])
    paid, back = (await store.get_order(placed["id"])).payments
    assert (paid.kind, str(paid.amount.amount), paid.method) == (
        PaymentKind.payment,
        str(placed["total"]),
        "Credit or debit card",
    )
    assert (back.kind, str(back.amount.amount), back.at and back.at.isoformat()) == (
        PaymentKind.refund,
        "3.5",
        "2017-09-12T10:12:56+00:00",
    )


async def test_coupon_and_promotion_are_both_discount(shop: EcwidShop, store: EcwidStore) -> None:
    placed = shop.place(discount=4, couponDiscount=22)
    assert (await store.get_order(placed["id"])).discount.amount == 26


async def test_returned_order_cannot_be_returned_again(shop: EcwidShop, store: EcwidStore) -> None:
    placed = shop.place(fulfillmentStatus="RETURNED")
    item = CaseItem(line_id=str(placed["items"][0]["id"]), quantity=1)
    with pytest.raises(NotAllowed, match="already_returned"):
        await store.open_case(placed["id"], CaseRequest(kind=CaseKind.return_, items=[item]), key="again")
