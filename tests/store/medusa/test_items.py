"""Other variants before packing: an order edit; stock and prices are Medusa's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.store.errors import NotAllowed
from bot.store.medusa.store import MedusaStore
from bot.store.models import CaseItem, CaseKind, CaseRequest, ItemChange, Order, PaymentKind, PaymentState
from tests.store.medusa.shopper import SOLD_OUT, Shopper

pytestmark = pytest.mark.medusa


def to(sku: str, order: Order, shopper: Shopper) -> ItemChange:
    line = next(line for line in order.lines if line.variant_id == shopper.variants["SHIRT-S"])
    return ItemChange(line_id=line.id, new_variant_id=shopper.variants[sku])


async def test_dearer_variant_leaves_the_difference_to_be_paid(store: MedusaStore, shopper: Shopper) -> None:
    order = await store.get_order((await shopper.place([("SHIRT-S", 2)]))["id"])
    change = to("SHIRT-M", order, shopper)
    changed = await store.change_items(order.id, [change], key=f"dearer-{order.id}")
    assert [(line.id, line.variant_id, line.quantity) for line in changed.lines] == [
        (change.line_id, change.new_variant_id, 2)
    ]
    assert changed.total.amount - order.total.amount == Decimal(10)
    assert [(each.kind, each.state, each.amount.amount) for each in changed.payments[1:]] == [
        (PaymentKind.payment, PaymentState.pending, Decimal(10))
    ]


async def test_changed_line_can_be_returned_under_the_id_it_always_had(store: MedusaStore, shopper: Shopper) -> None:
    order = await store.get_order((await shopper.place([("SHIRT-S", 2)]))["id"])
    change = to("SHIRT-M", order, shopper)
    await store.change_items(order.id, [change], key=f"then-{order.id}")
    raw = await shopper.order(order.id)
    await shopper.deliver(raw, await shopper.ship(raw))
    request = CaseRequest(kind=CaseKind.return_, items=[CaseItem(line_id=change.line_id, quantity=1)])
    case = await store.open_case(order.id, request, key=f"return-{order.id}")
    assert [(item.line_id, item.quantity) for item in case.items] == [(change.line_id, 1)]
    assert (await store.get_order(order.id)).lines[0].returned_quantity == 1


async def test_sold_out_variant_is_refused_and_nothing_is_begun(store: MedusaStore, shopper: Shopper) -> None:
    order = await store.get_order((await shopper.place())["id"])
    with pytest.raises(NotAllowed, match="out_of_stock"):
        await store.change_items(order.id, [to(SOLD_OUT, order, shopper)], key=f"sold-out-{order.id}")
    assert await store.get_order(order.id) == order


async def test_packed_order_keeps_its_items(store: MedusaStore, shopper: Shopper) -> None:
    raw = await shopper.place()
    await shopper.pack(raw)
    order = await store.get_order(raw["id"])
    with pytest.raises(NotAllowed, match="already_packed"):
        await store.change_items(order.id, [to("SHIRT-M", order, shopper)], key=f"packed-{order.id}")


async def test_catalogue_knows_what_is_in_stock(store: MedusaStore, shopper: Shopper) -> None:
    order = await store.get_order((await shopper.place())["id"])
    product_id = next(line.product_id for line in order.lines if line.variant_id == shopper.variants["SHIRT-S"])
    stock = {variant.id: variant.available for variant in (await store.product(product_id)).variants}
    assert stock[shopper.variants["SHIRT-M"]]
    assert not stock[shopper.variants[SOLD_OUT]]
