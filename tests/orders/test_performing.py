"""The writes, against the real demo store: once, under any repetition, and never on a preview that is out of date."""

from __future__ import annotations

import pytest

from bot.orders.address import perform_address_change, preview_address_change
from bot.orders.address_check import check_address
from bot.orders.cancel import may_cancel, perform_cancel, preview_cancel
from bot.orders.list_orders import list_orders
from bot.orders.lost_parcel import look_for_parcel, perform_lost, preview_lost
from bot.orders.refund_status import RefundState, refund_status
from bot.orders.return_rules import ReturnItem, ReturnRequest
from bot.orders.returnable import returnable_items
from bot.orders.returns import Outcome, may_return, perform_return, preview_return
from bot.orders.snapshot import differences, snapshot_of
from bot.orders.track import track
from bot.orders.verdict import ChangedMeanwhile
from bot.orders.wrong_item import perform_problem, preview_problem
from bot.store.api import OrderApi
from bot.store.errors import NotFound
from bot.store.models import CaseKind, ItemChange, Order, OrderState, ShipmentState, Wish
from tests.demo_store.process import RunningStore
from tests.orders.conftest import Faulty
from tests.orders.made_up import NOW, POLICY
from tests.store.fault_proxy import ANSWER_LOST, Fault

YES = {"unused": True, "original_packaging": True, "sealed": True}


@pytest.fixture(scope="module")
def stock(store: RunningStore) -> list[Order]:
    """The shop's orders that no test has touched yet: each test takes out its own."""
    return [Order.parse_obj(entry["order"]) for entry in store.dump()["orders"]]


def some(stock: list[Order], state: OrderState) -> Order:
    taken = next(order for order in stock if order.state is state and not order.cases)
    stock.remove(taken)
    return taken


def for_return(order: Order, reason: str = "changed_mind", wish: Wish = Wish.refund) -> ReturnRequest | None:
    items = [item for item in returnable_items(order, POLICY, NOW, reason) if item.quantity]
    if not items:
        return None
    return ReturnRequest(
        items=(ReturnItem(line_id=items[0].line_id, quantity=1),),
        reason=reason,
        wish=wish,
        conditions=YES,
        photos=("ph_1",),
        note="too small",
    )


def returnable(
    stock: list[Order], reason: str = "changed_mind", wish: Wish = Wish.refund
) -> tuple[Order, ReturnRequest]:
    while True:
        order = some(stock, OrderState.delivered)
        asked = for_return(order, reason, wish)
        if asked:
            return order, asked


async def test_address_is_changed_once_however_often_the_turn_is_repeated(api: OrderApi, stock: list[Order]) -> None:
    order = some(stock, OrderState.paid)
    new = order.shipping_address.copy(update={"line1": "99 New Street"})
    preview = preview_address_change(order, new, POLICY, NOW)
    first = await perform_address_change(api, preview, POLICY, NOW, key="c:t1:address")
    again = await perform_address_change(api, preview, POLICY, NOW, key="c:t1:address")
    assert first.order == again.order
    assert first.order.shipping_address.line1 == "99 New Street"
    assert first.next_steps


async def test_somebody_else_changed_the_address_while_the_shopper_read(api: OrderApi, stock: list[Order]) -> None:
    order = some(stock, OrderState.paid)
    preview = preview_address_change(order, order.shipping_address.copy(update={"line1": "1 Mine"}), POLICY, NOW)
    await api.change_address(order.id, order.shipping_address.copy(update={"line1": "2 Theirs"}), key="desk")
    with pytest.raises(ChangedMeanwhile) as changed:
        await perform_address_change(api, preview, POLICY, NOW, key="c:t2:address")
    assert changed.value.verdict.allowed
    assert changed.value.order.shipping_address.line1 == "2 Theirs"
    assert (await api.get_order(order.id)).shipping_address.line1 == "2 Theirs"


async def test_cancelled_while_the_shopper_read_means_no_new_address(api: OrderApi, stock: list[Order]) -> None:
    order = some(stock, OrderState.paid)
    preview = preview_address_change(order, order.shipping_address.copy(update={"line1": "1 Mine"}), POLICY, NOW)
    await api.cancel(order.id, "no_longer_needed", key="desk2")
    with pytest.raises(ChangedMeanwhile) as changed:
        await perform_address_change(api, preview, POLICY, NOW, key="c:t3:address")
    assert changed.value.verdict.reason == "already_cancelled"


async def test_order_is_cancelled_once_and_its_refund_is_on_the_way(api: OrderApi, stock: list[Order]) -> None:
    order = some(stock, OrderState.paid)
    preview = preview_cancel(order, "ordered_by_mistake", POLICY, NOW)
    done = await perform_cancel(api, preview, POLICY, NOW, key="c:t4:cancel")
    again = await perform_cancel(api, preview, POLICY, NOW, key="c:t4:cancel")
    assert done.order.state is OrderState.cancelled
    assert again.order == done.order
    refunds = refund_status(again.order, POLICY, NOW).entries
    assert [(entry.state, entry.amount) for entry in refunds] == [(RefundState.starting, preview.refunds[0].amount)]
    assert may_cancel(again.order, POLICY, NOW).reason == "already_cancelled"


async def test_items_were_changed_while_the_shopper_read(api: OrderApi, stock: list[Order]) -> None:
    while True:
        order = some(stock, OrderState.paid)
        bought = order.lines[0]
        product = await api.product(bought.product_id)
        others = [each for each in product.variants if each.id != bought.variant_id and each.available]
        if others:
            break
    preview = preview_cancel(order, "no_longer_needed", POLICY, NOW)
    await api.change_items(order.id, [ItemChange(line_id=bought.id, new_variant_id=others[0].id)], key="desk3")
    with pytest.raises(ChangedMeanwhile) as changed:
        await perform_cancel(api, preview, POLICY, NOW, key="c:t14:cancel")
    assert changed.value.verdict.reason == "items_already_changed"
    assert (await api.get_order(order.id)).state is OrderState.paid


async def test_another_sum_would_go_back_than_was_shown(api: OrderApi, stock: list[Order]) -> None:
    order = some(stock, OrderState.paid)
    preview = preview_cancel(order, "no_longer_needed", POLICY, NOW).copy(update={"refunds": ()})
    with pytest.raises(ChangedMeanwhile) as changed:
        await perform_cancel(api, preview, POLICY, NOW, key="c:t15:cancel")
    assert changed.value.verdict.allowed
    assert (await api.get_order(order.id)).state is OrderState.paid


async def test_an_answer_lost_on_the_way_cancels_once(faulty: Faulty, stock: list[Order]) -> None:
    order = some(stock, OrderState.paid)
    preview = preview_cancel(order, "no_longer_needed", POLICY, NOW)
    await faulty.api.get_order(order.id)
    reads = faulty.proxy.requests
    faulty.proxy.then(Fault(), ANSWER_LOST)
    done = await perform_cancel(faulty.api, preview, POLICY, NOW, key="c:t5:cancel")
    assert done.order.state is OrderState.cancelled
    assert faulty.proxy.requests - reads == 3  # read, write without an answer, the same write again
    stored = await faulty.api.get_order(order.id)
    assert len(stored.payments) == 2


async def test_return_gets_one_case_however_often_the_turn_is_repeated(api: OrderApi, stock: list[Order]) -> None:
    order, asked = returnable(stock)
    preview = preview_return(order, asked, POLICY, NOW)
    assert preview.outcome in {Outcome.approved, Outcome.review}
    first = await perform_return(api, preview, POLICY, NOW, key="c:t6:return")
    again = await perform_return(api, preview, POLICY, NOW, key="c:t6:return")
    assert first.case is not None
    assert again.case == first.case
    assert not first.refund_differs
    assert first.case.refund == preview.money.refund
    stored = await api.get_order(order.id)
    assert [case.number for case in stored.cases] == [first.case.number]
    assert stored.lines == first.order.lines


async def test_an_answer_lost_on_the_way_opens_one_case(faulty: Faulty, stock: list[Order]) -> None:
    order, asked = returnable(stock)
    preview = preview_return(order, asked, POLICY, NOW)
    faulty.proxy.then(Fault(), ANSWER_LOST)
    done = await perform_return(faulty.api, preview, POLICY, NOW, key="c:t7:return")
    stored = await faulty.api.get_order(order.id)
    assert [case.number for case in stored.cases] == [done.case.number if done.case else ""]


async def test_the_last_piece_went_back_from_another_tab(api: OrderApi, stock: list[Order]) -> None:
    order, asked = returnable(stock)
    item = asked.items[0]
    whole = asked.copy(update={"items": (item.copy(update={"quantity": _all(order, item.line_id)}),)})
    preview = preview_return(order, whole, POLICY, NOW)
    other = preview_return(order, whole.copy(update={"wish": Wish.store_credit}), POLICY, NOW)
    await perform_return(api, other, POLICY, NOW, key="c2:t1:return")
    with pytest.raises(ChangedMeanwhile) as changed:
        await perform_return(api, preview, POLICY, NOW, key="c:t8:return")
    assert changed.value.verdict.reason == "already_returned"
    assert len((await api.get_order(order.id)).cases) == 1


def _all(order: Order, line_id: str) -> int:
    return next(line.quantity for line in order.lines if line.id == line_id)


async def test_exchange_for_a_variant_of_the_store(api: OrderApi, stock: list[Order]) -> None:
    order, asked = returnable(stock, "does_not_fit", Wish.exchange)
    bought = next(line for line in order.lines if line.id == asked.items[0].line_id)
    product = await api.product(bought.product_id)
    other = next(each for each in product.variants if each.id != bought.variant_id and each.available)
    item = asked.items[0].copy(update={"new_variant_id": other.id})
    preview = preview_return(order, asked.copy(update={"items": (item,)}), POLICY, NOW, {product.id: product})
    done = await perform_return(api, preview, POLICY, NOW, key="c:t9:return")
    assert done.case is not None
    assert (done.case.kind, done.case.items[0].new_variant_id) == (CaseKind.exchange, other.id)


async def test_missing_piece_is_reported_once(api: OrderApi, stock: list[Order]) -> None:
    order, asked = returnable(stock, "missing_item", Wish.replacement)
    preview = preview_problem(order, asked, POLICY, NOW)
    first = await perform_problem(api, preview, POLICY, NOW, key="c:t10:problem")
    again = await perform_problem(api, preview, POLICY, NOW, key="c:t10:problem")
    assert first.case is not None
    assert first.case.kind is CaseKind.missing_item
    assert again.case == first.case


async def test_lost_parcel_is_reported_once(api: OrderApi, stock: list[Order]) -> None:
    order = next(
        each
        for each in stock
        if [shipment.state for shipment in each.shipments] == [ShipmentState.lost] and not each.cases
    )
    preview = preview_lost(order, Wish.replacement, POLICY, NOW)
    first = await perform_lost(api, preview, POLICY, NOW, key="c:t11:lost")
    again = await perform_lost(api, preview, POLICY, NOW, key="c:t11:lost")
    assert first.case is not None
    assert again.case == first.case
    stored = await api.get_order(order.id)
    assert look_for_parcel(stored, POLICY, NOW).claim.reason == "already_reported"
    with pytest.raises(ChangedMeanwhile):
        await perform_lost(api, preview.copy(update={"wish": Wish.refund}), POLICY, NOW, key="c:t12:lost")
    assert len((await api.get_order(order.id)).cases) == 1


async def test_an_order_that_is_gone_is_not_found(api: OrderApi, stock: list[Order]) -> None:
    preview = preview_cancel(some(stock, OrderState.paid), "other", POLICY, NOW)
    with pytest.raises(NotFound):
        await perform_cancel(api, preview.copy(update={"order_id": "ord_none"}), POLICY, NOW, key="c:t13:cancel")


async def test_signed_in_customer_sees_the_list(api: OrderApi, store: RunningStore) -> None:
    orders = [Order.parse_obj(entry["order"]) for entry in store.dump()["orders"]]
    customer = next(order.customer.id for order in orders if order.customer.id)
    listed = await list_orders(api, customer, POLICY, NOW)
    owned = {order.number for order in orders if order.customer.id == customer}
    assert {summary.number for summary in listed} <= owned
    assert len(listed) == min(10, len(owned))


def test_every_order_of_the_demo_shop_can_be_told_about(store: RunningStore) -> None:
    orders = [Order.parse_obj(entry["order"]) for entry in store.dump()["orders"]]
    assert len(orders) >= 200
    for order in orders:
        tracking = track(order, POLICY, NOW)
        assert tracking.from_slot(tracking.to_slot()) == tracking
        finding = look_for_parcel(order, POLICY, NOW)
        assert finding.from_slot(finding.to_slot()) == finding
        assert may_return(order, POLICY, NOW).allowed == any(
            item.quantity for item in returnable_items(order, POLICY, NOW)
        )
        assert check_address(order.shipping_address, POLICY).errors == {}
        assert differences(snapshot_of(order, NOW), order) == []
        assert refund_status(order, POLICY, NOW).order_id == order.id
