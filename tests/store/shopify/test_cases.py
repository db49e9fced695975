"""Returns and exchanges in Shopify's own words, and the cases it has no place for."""

from __future__ import annotations

import pytest

from bot.store.errors import Invalid, NotAllowed
from bot.store.models import CaseItem, CaseKind, CaseRequest, CaseState, OrderState, Wish
from bot.store.shopify.settings import Settings
from bot.store.shopify.store import ShopifyStore
from tests.store.shopify.conftest import Open
from tests.store.shopify.shop import Shop


def wanting(kind: CaseKind, line_id: str, quantity: int = 1, **more: object) -> CaseRequest:
    return CaseRequest(kind=kind, items=[CaseItem(line_id=line_id, quantity=quantity)], **more)


async def test_return_is_requested_and_staff_decide(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("delivered")
    line = (await store.get_order(order["id"])).lines[0]
    request = wanting(CaseKind.return_, line.id, reason="damaged", wish=Wish.refund, note="[It] is\ntorn " + "x" * 400)
    case = await store.open_case(order["id"], request, key="torn")
    assert (case.state, case.number) == (CaseState.requested, f"{order['name']}-R1")
    (written,) = order["_returns"][0]["_lines"]
    assert written["returnReason"] == "DEFECTIVE"
    assert written["customerNote"].startswith("(It) is torn xxx")
    assert len(written["customerNote"]) <= 300
    for status, state in (("OPEN", CaseState.approved), ("CLOSED", CaseState.completed), ("DECLINED", "rejected")):
        order["_returns"][0]["status"] = status
        seen = await store.get_order(order["id"])
        assert seen.cases[0].state == state
    assert seen.lines[0].returned_quantity == 0  # declined: the piece may be asked for again


async def test_return_that_staff_opened_is_a_case_too(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("delivered")
    line = (await store.get_order(order["id"])).lines[0]
    await store.open_case(order["id"], wanting(CaseKind.return_, line.id), key="first")
    order["_returns"][0]["_lines"][0].update(customerNote="by phone", returnReason="STYLE")
    (case,) = (await store.get_order(order["id"])).cases
    assert (case.kind, case.reason, case.wish) == (CaseKind.return_, "style", None)


async def test_pieces_of_two_parcels_come_back_as_one_item(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("two parcels")
    seen = await store.get_order(order["id"])
    assert seen.state is OrderState.delivered
    case = await store.open_case(order["id"], wanting(CaseKind.return_, seen.lines[0].id, 2), key="both")
    assert len(order["_returns"][0]["_lines"]) == 2
    assert [(item.line_id, item.quantity) for item in case.items] == [(seen.lines[0].id, 2)]


async def test_whole_order_that_came_back_is_returned(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("delivered")
    lines = (await store.get_order(order["id"])).lines
    items = [CaseItem(line_id=line.id, quantity=line.quantity) for line in lines]
    await store.open_case(order["id"], CaseRequest(kind=CaseKind.return_, items=items), key="all")
    order["_returns"][0]["status"] = "CLOSED"
    assert (await store.get_order(order["id"])).state is OrderState.returned


async def test_exchange_names_the_new_variant_and_only_one_of_the_same_product(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("delivered")
    line = (await store.get_order(order["id"])).lines[0]
    variants = [each.id for each in (await store.product(line.product_id)).variants if each.id != line.variant_id]
    foreign = "gid://shopify/ProductVariant/50"
    for wrong in (None, "no-such", foreign):
        item = CaseItem(line_id=line.id, quantity=1, new_variant_id=wrong)
        with pytest.raises(Invalid, match="new_variant_id"):
            await store.open_case(order["id"], CaseRequest(kind=CaseKind.exchange, items=[item]), key=f"wrong-{wrong}")
    item = CaseItem(line_id=line.id, quantity=1, new_variant_id=variants[0])
    case = await store.open_case(order["id"], CaseRequest(kind=CaseKind.exchange, items=[item]), key="right")
    assert (case.kind, case.state, case.items) == (CaseKind.exchange, CaseState.approved, [item])


async def test_exchange_for_what_is_sold_out_is_refused(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("delivered")
    line = (await store.get_order(order["id"])).lines[0]
    variant = next(each for each in order["_lines"][0]["product"]["_variants"] if each["id"] != line.variant_id)
    variant["availableForSale"] = False
    item = CaseItem(line_id=line.id, quantity=1, new_variant_id=variant["id"])
    with pytest.raises(NotAllowed, match="out_of_stock"):
        await store.open_case(order["id"], CaseRequest(kind=CaseKind.exchange, items=[item]), key="sold-out")


async def test_reason_of_the_shops_choice_is_looked_up_by_its_handle(shop: Shop, open_store: Open) -> None:
    store = open_store(Settings(return_reasons={"arrived_too_late": "arrived-late", "other": "no-such-handle"}))
    order = shop.add_order("delivered")
    lines = (await store.get_order(order["id"])).lines
    await store.open_case(order["id"], wanting(CaseKind.return_, lines[0].id, reason="arrived_too_late"), key="late")
    await store.open_case(order["id"], wanting(CaseKind.return_, lines[1].id, reason="other"), key="other")
    first, second = (each["_lines"][0] for each in order["_returns"])
    assert first["_definition"] == "gid://shopify/ReturnReasonDefinition/7"
    assert (second["_definition"], second["returnReason"]) == (None, "UNKNOWN")
    assert [case.reason for case in (await store.get_order(order["id"])).cases] == ["arrived_too_late", "other"]


async def test_recorded_case_is_open_while_its_tag_is_there(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("shipped")
    request = CaseRequest(kind=CaseKind.lost_parcel, reason="lost", wish=Wish.refund, note="never came")
    case = await store.open_case(order["id"], request, key="lost")
    assert order["tags"] == ["ramah-case", "ramah-lost-parcel"]
    assert "never came" in order["_metafields"]["ramah", "cases"]["value"]
    with pytest.raises(NotAllowed, match="already_requested"):
        await store.open_case(order["id"], request, key="lost-again")
    order["tags"] = ["ramah-case"]
    (done,) = (await store.get_order(order["id"])).cases
    assert (done.id, done.state) == (case.id, CaseState.completed)


async def test_another_apps_writing_in_between_loses_nothing(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("delivered")
    lines = (await store.get_order(order["id"])).lines
    await store.open_case(order["id"], wanting(CaseKind.missing_item, lines[0].id), key="one")
    shop.metafield_moves = 1  # it overwrites ours; what matters is that we see it and write again
    case = await store.open_case(order["id"], wanting(CaseKind.missing_item, lines[1].id), key="two")
    assert case in (await store.get_order(order["id"])).cases
