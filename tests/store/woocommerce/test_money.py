"""Money moves only where the shop allows it, and then once; what an order says it costs is what was paid."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.store.errors import OutcomeUnknown
from bot.store.models import CaseItem, CaseKind, CaseRequest, OrderState, PaymentKind, PaymentState, Wish
from bot.store.woocommerce.options import Refunds
from bot.store.woocommerce.requests import WooRequests
from bot.store.woocommerce.store import WooStore
from tests.store.fault_proxy import ANSWER_LOST, NO_FAULT, REQUEST_LOST, Fault, canned, fault_proxy
from tests.store.woocommerce.conftest import OpenStore
from tests.store.woocommerce.server import WooServer
from tests.store.woocommerce.shop import Shop


def staff_notes(shop: Shop, order_id: int) -> list[str]:
    """Without WooCommerce's own about statuses."""
    return [note["note"] for note in shop.notes[order_id] if "status changed" not in note["note"]]


async def test_cancelling_moves_no_money_and_asks_the_staff_to(store: WooStore, server: WooServer, shop: Shop) -> None:
    order = shop.add_order(quantity=2)
    cancelled = await store.cancel(str(order["id"]), "changed_mind", key="k")
    assert (order["status"], shop.moved, shop.refunds[order["id"]]) == ("cancelled", [], [])
    assert not any("/refunds" in path for method, path, _ in server.writes())
    [note] = staff_notes(shop, order["id"])
    assert "58.00 MYR" in note
    assert not shop.notes[order["id"]][0]["customer_note"]
    owed = [payment for payment in cancelled.payments if payment.kind is PaymentKind.refund]
    assert [(each.amount.amount, each.state) for each in owed] == [(Decimal("58.00"), PaymentState.pending)]


@pytest.mark.parametrize("kind", [CaseKind.return_, CaseKind.replacement, CaseKind.missing_item, CaseKind.lost_parcel])
@pytest.mark.parametrize("refunds", Refunds)
async def test_no_case_ever_moves_money(open_store: OpenStore, shop: Shop, kind: CaseKind, refunds: Refunds) -> None:
    store = open_store(refunds=refunds)
    order = shop.add_order("completed")
    lines = (await store.get_order(str(order["id"]))).lines
    items = [] if kind is CaseKind.lost_parcel else [CaseItem(line_id=lines[0].id, quantity=1)]
    await store.open_case(str(order["id"]), CaseRequest(kind=kind, items=items, wish=Wish.refund), key="k")
    assert (shop.moved, shop.refunds[order["id"]]) == ([], [])


async def test_order_nobody_paid_is_cancelled_without_a_word_about_money(store: WooStore, shop: Shop) -> None:
    order = shop.add_order("pending")
    cancelled = await store.cancel(str(order["id"]), "changed_mind", key="k")
    assert cancelled.payments == []
    assert "refund" not in staff_notes(shop, order["id"])[0]


async def test_where_the_shop_allows_it_the_money_goes_back_once(open_store: OpenStore, shop: Shop) -> None:
    store = open_store(refunds=Refunds.allowed)
    order = shop.add_order(quantity=2)
    for _ in range(2):
        cancelled = await store.cancel(str(order["id"]), "changed_mind", key="k")
    assert (cancelled.state, shop.moved) == (OrderState.cancelled, ["58.00"])
    refunds = [payment for payment in cancelled.payments if payment.kind is PaymentKind.refund]
    assert [(each.amount.amount, each.state) for each in refunds] == [(Decimal("58.00"), PaymentState.done)]
    assert cancelled == await store.get_order(str(order["id"]))


async def test_gateway_that_refuses_leaves_the_refund_to_the_staff(open_store: OpenStore, shop: Shop) -> None:
    shop.gateway_refuses = True
    order = shop.add_order()
    cancelled = await open_store(refunds=Refunds.allowed).cancel(str(order["id"]), "changed_mind", key="k")
    assert (cancelled.state, shop.moved) == (OrderState.cancelled, [])
    assert "by hand" in staff_notes(shop, order["id"])[0]
    assert [payment.state for payment in cancelled.payments] == [PaymentState.done, PaymentState.pending]


@pytest.mark.parametrize("fault", [ANSWER_LOST, REQUEST_LOST, canned(502, "<html>")], ids=["answer", "request", "502"])
@pytest.mark.parametrize("step", range(4), ids=["cancel", "mark", "refund", "note"])
async def test_money_goes_back_at_most_once_whichever_step_is_lost(
    open_store: OpenStore, server: WooServer, shop: Shop, fault: Fault, step: int
) -> None:
    order = shop.add_order()
    async with fault_proxy(server.url) as proxy:
        store = open_store(proxy.url, refunds=Refunds.allowed)
        proxy.then_write(*[NO_FAULT] * step, fault)
        with pytest.raises(OutcomeUnknown):
            await store.cancel(str(order["id"]), "changed_mind", key="k")
        assert (await store.cancel(str(order["id"]), "changed_mind", key="k")).state is OrderState.cancelled
    assert [method for method, path in proxy.seen if "/refunds" in path].count("POST") <= 1
    sent = [path for method, path, _ in server.writes() if "/refunds" in path]
    assert len(shop.moved) == len(sent)
    [note] = staff_notes(shop, order["id"])
    assert ("went back" in note) is bool(sent)
    assert ("by hand" in note) is not bool(sent)


async def test_refund_that_does_not_say_whether_money_moves_is_never_sent(store: WooStore) -> None:
    requests: WooRequests = store._requests
    with pytest.raises(ValueError, match="api_refund"):
        await requests.refund(1, {"amount": "10"}, "k")


async def test_amounts_are_what_the_shopper_paid_with_tax_and_before_discounts(store: WooStore, shop: Shop) -> None:
    order = shop.add_order(quantity=3)
    item = order["line_items"][0]
    item.update({"subtotal": "30.00", "subtotal_tax": "1.80", "total": "27.00", "total_tax": "1.62"})
    order.update({"discount_total": "3.00", "discount_tax": "0.18", "shipping_tax": "0.48", "total": "37.10"})
    found = await store.get_order(str(order["id"]))
    assert [line.unit_price.amount for line in found.lines] == [Decimal("10.60")]
    assert (found.discount.amount, found.shipping.amount) == (Decimal("3.18"), Decimal("8.48"))
    assert found.total.amount == Decimal("37.10")
    lines = sum(line.unit_price.amount * line.quantity for line in found.lines)
    assert lines - found.discount.amount + found.shipping.amount == found.total.amount


async def test_payment_is_told_as_the_shopper_knows_it(store: WooStore, shop: Shop) -> None:
    order = shop.add_order()
    [payment] = (await store.get_order(str(order["id"]))).payments
    assert (payment.method_id, payment.method) == ("stripe", "Visa •••• 4242")
