"""What staff wrote stays, what Ramah adds they can read, and what they change in it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.ecwid import staff_notes
from bot.store.ecwid.store import EcwidStore
from bot.store.errors import NotAllowed, NotSupported
from bot.store.models import Address, CaseItem, CaseKind, CaseRequest, CaseState, Order, OrderState, Wish
from tests.store.ecwid.platform import PLENTY
from tests.store.ecwid.server import TOKEN, EcwidShop
from tests.store.ecwid.shop_data import Json
from tests.store.platform import PATIENT

WRITTEN = "Must be delivered till Sunday.\nVIP!"
HOME = Address(name="New Name", line1="1 Jalan Baru", city="Kajang", postcode="43000", country="MY")


def returning(placed: Json, note: str = "", quantity: int = 1) -> CaseRequest:
    item = CaseItem(line_id=str(placed["items"][0]["id"]), quantity=quantity)
    return CaseRequest(kind=CaseKind.return_, items=[item], reason="too_small", wish=Wish.refund, note=note)


def delivered(shop: EcwidShop, **given: object) -> Json:
    return shop.place(fulfillmentStatus="DELIVERED", privateAdminNotes=WRITTEN, **given)


async def test_cancelled_order_tells_staff_what_is_to_be_paid_back(shop: EcwidShop, store: EcwidStore) -> None:
    placed = shop.place(privateAdminNotes=WRITTEN)
    order = await store.cancel(placed["id"], "changed_mind", key=f"cancel-{placed['id']}")
    before, line = placed["privateAdminNotes"].rsplit("\n", 1)
    assert before == WRITTEN
    assert "cancelled" in line
    assert "was PAID AWAITING_PROCESSING | changed_mind" in line
    assert (placed["paymentStatus"], placed["fulfillmentStatus"]) == ("CANCELLED", "WILL_NOT_DELIVER")
    # What was paid is still known, and no refund is claimed that nobody made.
    assert [payment.amount for payment in order.payments] == [order.total]
    assert order.cancelled_at is not None


async def test_refund_that_staff_make_afterwards_appears(shop: EcwidShop, store: EcwidStore) -> None:
    placed = shop.place()
    await store.cancel(placed["id"], "changed_mind", key=f"cancel-{placed['id']}")
    placed["refunds"] = [{"date": "2026-01-02 10:00:00 +0000", "source": "CP", "amount": placed["total"]}]
    kinds = [payment.kind.value for payment in (await store.get_order(placed["id"])).payments]
    assert kinds == ["payment", "refund"]


async def test_unpaid_order_is_cancelled_without_a_payment(shop: EcwidShop, store: EcwidStore) -> None:
    placed = shop.place(paymentStatus="AWAITING_PAYMENT")
    order = await store.cancel(placed["id"], "changed_mind", key=f"cancel-{placed['id']}")
    assert (order.state, order.payments) == (OrderState.cancelled, [])


async def test_new_address_replaces_the_whole_old_one_and_nothing_else(shop: EcwidShop, store: EcwidStore) -> None:
    placed = shop.place(privateAdminNotes=WRITTEN)
    billing = dict(placed["billingPerson"])
    moved = HOME.copy(update={"line2": "Block B", "district": "Taman Jaya", "region": "Selangor"})
    order = await store.change_address(placed["id"], moved, key=f"move-{placed['id']}")
    assert placed["shippingPerson"]["street"] == "1 Jalan Baru\nBlock B, Taman Jaya"
    assert placed["shippingPerson"]["companyName"] == ""
    assert (order.shipping_address.line1, order.shipping_address.line2) == ("1 Jalan Baru", "Block B, Taman Jaya")
    assert placed["billingPerson"] == billing
    assert placed["privateAdminNotes"].startswith(f"{WRITTEN}\nRM-")
    assert "Jalan" not in placed["privateAdminNotes"]


async def test_state_is_written_by_its_code(shop: EcwidShop, store: EcwidStore) -> None:
    placed = shop.place()
    moved = Address(name="N", line1="1 St", city="Austin", region="Texas", postcode="78701", country="US")
    await store.change_address(placed["id"], moved, key=f"texas-{placed['id']}")
    assert placed["shippingPerson"]["stateOrProvinceCode"] == "TX"


@pytest.mark.parametrize("how", [{"isPickup": True}, {"isPickup": False, "fulfillmentType": "pickup"}])
async def test_pick_up_order_has_no_address_to_change(shop: EcwidShop, store: EcwidStore, how: Json) -> None:
    pickup = {"shippingMethodName": "Pick up", **how}
    placed = shop.place(shippingOption=pickup)
    with pytest.raises(NotSupported):
        await store.change_address(placed["id"], HOME, key=f"pickup-{placed['id']}")


async def test_order_without_any_address_can_be_read(shop: EcwidShop, store: EcwidStore) -> None:
    placed = shop.place(shippingPerson=None, billingPerson=None, shippingOption=None)
    assert (await store.get_order(placed["id"])).shipping_address.line1 == ""


async def test_return_stands_in_the_order_as_record_and_as_a_line_for_staff(shop: EcwidShop, store: EcwidStore) -> None:
    tips = {"id": "tips", "value": "3%", "title": "Support our shop", "customerInputType": "TEXT"}
    placed = delivered(shop, orderExtraFields=[tips])
    case = await store.open_case(placed["id"], returning(placed, "the arm\nis short"), key=f"return-{placed['id']}")
    assert placed["orderExtraFields"][0] == tips
    assert [field["id"] for field in placed["orderExtraFields"][1:]] == [case.id]
    assert placed["orderExtraFields"][1]["showInNotifications"] is False
    before, line = placed["privateAdminNotes"].rsplit("\n", 1)
    assert before == WRITTEN
    assert line.startswith(f"{case.number} requested | return | ")
    assert line.endswith("| too_small | refund | the arm is short")
    assert placed["fulfillmentStatus"] == "DELIVERED"  # nothing has come back yet
    assert case.refund is not None


@pytest.mark.parametrize("word", ["approved", "received", "completed", "rejected"])
async def test_staff_change_a_word_and_the_shopper_hears_of_it(shop: EcwidShop, store: EcwidStore, word: str) -> None:
    placed = delivered(shop)
    case = await store.open_case(placed["id"], returning(placed), key=f"word-{placed['id']}")
    placed["privateAdminNotes"] = placed["privateAdminNotes"].replace("requested", word.capitalize())
    order = await store.get_order(placed["id"])
    assert [(each.id, each.state) for each in order.cases] == [(case.id, CaseState(word))]
    assert order.lines[0].returned_quantity == (0 if word == "rejected" else 1)


async def test_rejected_return_can_be_asked_for_again(shop: EcwidShop, store: EcwidStore) -> None:
    placed = delivered(shop)
    await store.open_case(placed["id"], returning(placed, quantity=2), key=f"first-{placed['id']}")
    with pytest.raises(NotAllowed, match="over_quantity"):
        await store.open_case(placed["id"], returning(placed), key=f"second-{placed['id']}")
    placed["privateAdminNotes"] = placed["privateAdminNotes"].replace("requested", "rejected")
    await store.open_case(placed["id"], returning(placed), key=f"third-{placed['id']}")
    assert len((await store.get_order(placed["id"])).cases) == 2


async def test_statuses_of_the_order_move_a_return_that_staff_said_nothing_of(
    shop: EcwidShop, store: EcwidStore
) -> None:
    placed = delivered(shop)
    await store.open_case(placed["id"], returning(placed), key=f"moves-{placed['id']}")
    for change, state in (
        ({"fulfillmentStatus": "RETURNED"}, CaseState.received),
        ({"paymentStatus": "REFUNDED"}, CaseState.completed),
    ):
        placed.update(change)
        placed["privateAdminNotes"] = WRITTEN  # the line is gone, the record is not
        assert [case.state for case in (await store.get_order(placed["id"])).cases] == [state]


async def test_shopper_cannot_settle_a_case_with_words(shop: EcwidShop, store: EcwidStore) -> None:
    placed = delivered(shop)
    key = f"words-{placed['id']}"
    forged = f"x\n{staff_notes.code_of(key)} completed\r\n{staff_notes.code_of(key)} completed"
    case = await store.open_case(placed["id"], returning(placed, forged), key=key)
    assert case.state is CaseState.requested


@pytest.mark.parametrize(
    "value",
    ["", "return", "return;1*9**;r;refund;1", "return;{line}*99*;r;refund;1", "theft;{line}*1*;r;;1", "a;b;c;d;e"],
)
async def test_extra_field_that_is_not_ours_is_no_case(shop: EcwidShop, store: EcwidStore, value: str) -> None:
    placed = delivered(shop)
    text = value.format(line=placed["items"][0]["id"])
    placed["orderExtraFields"].append({"id": "ramah_0123456789", "value": text, "title": "x"})
    placed["orderExtraFields"].append({"id": "ramah_is_nice", "value": "return;;;;1", "title": "x"})
    assert (await store.get_order(placed["id"])).cases == []


async def test_case_without_room_in_the_order_goes_to_a_person(shop: EcwidShop, store: EcwidStore) -> None:
    full = {"id": "letter", "value": "x" * 7_950, "title": "Letter", "customerInputType": "TEXTAREA"}
    placed = delivered(shop, orderExtraFields=[full])
    with pytest.raises(NotSupported):
        await store.open_case(placed["id"], returning(placed), key=f"full-{placed['id']}")
    assert placed["privateAdminNotes"] == WRITTEN


async def test_key_is_known_even_where_the_journal_was_lost(shop: EcwidShop, store: EcwidStore, tmp_path: Path) -> None:
    placed, waiting = delivered(shop), shop.place()
    case = await store.open_case(placed["id"], returning(placed), key=f"lost-{placed['id']}")
    cancelled = await store.cancel(waiting["id"], "changed_mind", key=f"lost-{waiting['id']}")
    elsewhere = EcwidStore(shop.url, TOKEN, tmp_path / "new", PATIENT, per_minute=PLENTY)
    assert await elsewhere.open_case(placed["id"], returning(placed), key=f"lost-{placed['id']}") == case
    again: Order = await elsewhere.cancel(waiting["id"], "changed_mind", key=f"lost-{waiting['id']}")
    assert again == cancelled
    assert waiting["privateAdminNotes"].count("cancelled") == 1
    await elsewhere.close()
