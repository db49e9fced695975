"""Returns and the like: kept in the order's custom fields, told to the staff in a private note."""

from __future__ import annotations

import json

import pytest

from bot.store.errors import Invalid, NotAllowed
from bot.store.models import CaseItem, CaseKind, CaseRequest, CaseState, Wish
from bot.store.woocommerce.store import WooStore
from tests.store.woocommerce.documents import Document
from tests.store.woocommerce.shop import Shop
from tests.store.woocommerce.test_money import staff_notes


def returning(order: Document, quantity: int = 1, **more: object) -> CaseRequest:
    item = CaseItem(line_id=str(order["line_items"][0]["id"]), quantity=quantity)
    return CaseRequest(kind=CaseKind.return_, items=[item], reason="too_small", wish=Wish.refund, **more)


def record(order: Document) -> Document:
    [meta] = [meta for meta in order["meta_data"] if meta["key"].startswith("ramah_case_")]
    return meta


async def test_staff_reads_in_a_private_note_what_the_customer_wants(store: WooStore, shop: Shop) -> None:
    order = shop.add_order("completed", quantity=2)
    request = returning(order, note="Too <small>! & torn", photos=["photo-1"])
    case = await store.open_case(str(order["id"]), request, key="k")
    [note] = staff_notes(shop, order["id"])
    for words in (case.number, "1 × Linen shirt", "too_small", "Too &lt;small&gt;! &amp; torn", "photo-1"):
        assert words in note
    assert not any(each["customer_note"] for each in shop.notes[order["id"]])


async def test_cases_of_one_order_are_numbered_on(store: WooStore, shop: Shop) -> None:
    order = shop.add_order("completed", quantity=2)
    cases = [await store.open_case(str(order["id"]), returning(order), key=key) for key in ("a", "b")]
    assert [case.number for case in cases] == [f"{order['number']}-C1", f"{order['number']}-C2"]
    assert (await store.get_order(str(order["id"]))).cases == cases


async def test_staff_rejects_a_case_in_the_custom_field_and_its_pieces_are_free_again(
    store: WooStore, shop: Shop
) -> None:
    order = shop.add_order("completed", quantity=2)
    await store.open_case(str(order["id"]), returning(order, 2), key="a")
    with pytest.raises(NotAllowed, match="over_quantity"):
        await store.open_case(str(order["id"]), returning(order), key="b")
    kept = record(order)
    kept["value"] = json.dumps({**json.loads(kept["value"]), "state": "rejected"})
    found = await store.get_order(str(order["id"]))
    assert ([case.state for case in found.cases], found.lines[0].returned_quantity) == ([CaseState.rejected], 0)
    await store.open_case(str(order["id"]), returning(order), key="c")


async def test_refund_by_the_staff_completes_the_case_and_counts_its_pieces_once(store: WooStore, shop: Shop) -> None:
    order = shop.add_order("completed", quantity=3)
    await store.open_case(str(order["id"]), returning(order, 2), key="a")
    line = order["line_items"][0]["id"]
    shop.create_refund(order, {"amount": "50", "api_refund": False, "line_items": [{"id": line, "quantity": 2}]})
    found = await store.get_order(str(order["id"]))
    assert ([case.state for case in found.cases], found.lines[0].returned_quantity) == ([CaseState.completed], 2)


async def test_pieces_that_the_staff_refunded_without_a_case_cannot_be_returned_again(
    store: WooStore, shop: Shop
) -> None:
    order = shop.add_order("completed", quantity=2)
    line = order["line_items"][0]["id"]
    shop.create_refund(order, {"amount": "50", "api_refund": False, "line_items": [{"id": line, "quantity": 2}]})
    with pytest.raises(NotAllowed, match="over_quantity"):
        await store.open_case(str(order["id"]), returning(order), key="a")


async def test_custom_field_that_cannot_be_read_hides_no_order(
    store: WooStore, shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    order = shop.add_order("completed")
    await store.open_case(str(order["id"]), returning(order), key="a")
    record(order)["value"] = "{oops"
    assert (await store.get_order(str(order["id"]))).cases == []
    assert "cannot be read" in caplog.text


async def test_lost_parcel_is_reported_once(store: WooStore, shop: Shop) -> None:
    order = shop.add_order("completed")
    request = CaseRequest(kind=CaseKind.lost_parcel, wish=Wish.replacement)
    await store.open_case(str(order["id"]), request, key="a")
    with pytest.raises(NotAllowed, match="already_requested"):
        await store.open_case(str(order["id"]), request, key="b")


async def test_exchange_is_for_a_variation_of_the_same_product_that_is_there(store: WooStore, shop: Shop) -> None:
    order = shop.add_order("completed")
    cap = shop.products[sorted(shop.products)[1]]
    green = shop.variations[order["line_items"][0]["product_id"]][1]

    def exchange(variant: int) -> CaseRequest:
        item = CaseItem(line_id=str(order["line_items"][0]["id"]), quantity=1, new_variant_id=str(variant))
        return CaseRequest(kind=CaseKind.exchange, items=[item], wish=Wish.exchange)

    with pytest.raises(Invalid, match="new_variant_id"):
        await store.open_case(str(order["id"]), exchange(cap["id"]), key="a")
    green["stock_quantity"], green["stock_status"] = 0, "outofstock"
    with pytest.raises(NotAllowed, match="out_of_stock"):
        await store.open_case(str(order["id"]), exchange(green["id"]), key="b")
    green["stock_quantity"], green["stock_status"] = 5, "instock"
    assert (await store.open_case(str(order["id"]), exchange(green["id"]), key="c")).items[0].new_variant_id == str(
        green["id"]
    )


async def test_refund_goes_only_where_the_order_was_paid_from(store: WooStore, shop: Shop) -> None:
    order = shop.add_order("completed")
    with pytest.raises(Invalid, match="refund_to"):
        await store.open_case(str(order["id"]), returning(order, refund_to="paypal"), key="a")
    await store.open_case(str(order["id"]), returning(order, refund_to="stripe"), key="b")
    assert "stripe" in staff_notes(shop, order["id"])[0]
