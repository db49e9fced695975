"""Cases stand in Medusa as the objects that staff know, and come back as cases, whoever made them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.store.medusa.store import MedusaStore
from bot.store.models import Case, CaseItem, CaseKind, CaseRequest, CaseState, Order, PaymentKind, Wish
from bot.store.money import Money
from tests.store.medusa.shopper import Shopper

pytestmark = pytest.mark.medusa


def shirt(order: Order, shopper: Shopper) -> str:
    return next(line.id for line in order.lines if line.variant_id == shopper.variants["SHIRT-S"])


async def opened(store: MedusaStore, shopper: Shopper, kind: CaseKind, wish: Wish, **more: str) -> Case:
    order = await store.get_order((await shopper.delivered())["id"])
    item = CaseItem(line_id=shirt(order, shopper), quantity=1, **more)
    request = CaseRequest(
        kind=kind, items=[item], reason="damaged", wish=wish, note="A seam is open", photos=["photo-1"]
    )
    return await store.open_case(order.id, request, key=f"case-{order.id}")


async def test_return_is_followed_until_it_is_paid_back(store: MedusaStore, shopper: Shopper) -> None:
    case = await opened(store, shopper, CaseKind.return_, Wish.refund)
    before = await store.get_order(case.order_id)
    assert (case.state, case.refund) == (CaseState.requested, Money(amount=Decimal(30), currency="USD"))
    made = (await shopper.admin("GET", f"/returns/{case.id}"))["return"]
    assert case.number == f"R{made['display_id']}"
    told = made["metadata"]["ramah"]
    assert (told["reason"], told["note"], told["photos"]) == ("damaged", "A seam is open", ["photo-1"])
    path, item = f"/returns/{case.id}", {"id": case.items[0].line_id, "quantity": 1}
    await shopper.admin("POST", f"{path}/receive", {})
    await shopper.admin("POST", f"{path}/receive-items", {"items": [item]})
    await shopper.admin("POST", f"{path}/receive/confirm", {"no_notification": True})
    assert [each.state for each in (await store.get_order(case.order_id)).cases] == [CaseState.received]
    payment = before.payments[0].id
    await shopper.admin("POST", f"/payments/{payment}/refund", {"amount": 30, "note": "returned"})
    after = await store.get_order(case.order_id)
    assert [each.state for each in after.cases] == [CaseState.completed]
    assert [(each.kind, each.amount.amount) for each in after.payments] == [
        (PaymentKind.payment, before.total.amount),
        (PaymentKind.refund, Decimal(30)),
    ]
    assert (after.total, after.shipping, after.state) == (before.total, before.shipping, before.state)


async def test_exchange_reserves_the_new_piece_and_the_order_stays_what_was_bought(
    store: MedusaStore, shopper: Shopper
) -> None:
    case = await opened(store, shopper, CaseKind.exchange, Wish.exchange, new_variant_id=shopper.variants["SHIRT-M"])
    order = await store.get_order(case.order_id)
    assert sorted(line.variant_id for line in order.lines) == sorted(
        [shopper.variants["SHIRT-S"], shopper.variants["BAG-M"]]
    )
    assert order.total.amount == sum(line.unit_price.amount * line.quantity for line in order.lines) + 5
    assert {line.id: line.returned_quantity for line in order.lines}[shirt(order, shopper)] == 1
    sent = (await shopper.admin("GET", f"/exchanges/{case.id}?fields=*additional_items.item"))["exchange"]
    assert [item["item"]["variant_id"] for item in sent["additional_items"]] == [shopper.variants["SHIRT-M"]]


async def test_replacement_is_a_claim_that_costs_nothing(store: MedusaStore, shopper: Shopper) -> None:
    case = await opened(store, shopper, CaseKind.replacement, Wish.replacement)
    order = await store.get_order(case.order_id)
    claim = (await shopper.admin("GET", f"/claims/{case.id}?fields=type,*claim_items,*additional_items"))["claim"]
    assert claim["type"] == "replace"
    owed = (await shopper.admin("GET", f"/orders/{case.order_id}?fields=summary"))["order"]["summary"]
    assert owed["pending_difference"] == 0
    assert len(order.lines) == 2
    assert order.total.amount == sum(line.unit_price.amount * line.quantity for line in order.lines) + 5


async def test_lost_parcel_is_a_claim_for_all_that_was_sent(store: MedusaStore, shopper: Shopper) -> None:
    order = await shopper.place()
    await shopper.ship(order)
    request = CaseRequest(kind=CaseKind.lost_parcel, reason="lost", wish=Wish.refund)
    case = await store.open_case(order["id"], request, key=f"lost-{order['id']}")
    claim = (await shopper.admin("GET", f"/claims/{case.id}?fields=type,*claim_items"))["claim"]
    assert claim["type"] == "refund"
    assert sorted(item["quantity"] for item in claim["claim_items"]) == [1, 2]
    assert {line.returned_quantity for line in (await store.get_order(order["id"])).lines} == {0}


async def test_return_that_staff_made_is_a_case_too_and_a_cancelled_one_frees_its_pieces(
    store: MedusaStore, shopper: Shopper
) -> None:
    order = await shopper.delivered()
    path = f"/returns/{(await shopper.admin('POST', '/returns', {'order_id': order['id']}))['return']['id']}"
    item = {"id": order["items"][0]["id"], "quantity": 1}
    await shopper.admin("POST", f"{path}/request-items", {"items": [item]})
    await shopper.admin("POST", f"{path}/request", {"no_notification": True})
    seen = await store.get_order(order["id"])
    assert [(case.kind, case.state) for case in seen.cases] == [(CaseKind.return_, CaseState.requested)]
    assert sum(line.returned_quantity for line in seen.lines) == 1
    await shopper.admin("POST", f"{path}/cancel", {})
    seen = await store.get_order(order["id"])
    assert [case.state for case in seen.cases] == [CaseState.rejected]
    assert sum(line.returned_quantity for line in seen.lines) == 0
