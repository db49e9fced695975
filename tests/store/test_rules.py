"""What a platform itself refuses, whatever the shop's policy says."""

from __future__ import annotations

import pytest

from bot.store.api import OrderApi
from bot.store.errors import Invalid, NotAllowed, NotFound, NotSupported
from bot.store.models import Ability, CaseItem, CaseKind, CaseRequest, ItemChange, Order
from tests.store.platform import Platform

WRITES = {
    CaseKind.replacement: Ability.replacement,
    CaseKind.lost_parcel: Ability.lost_parcel,
    CaseKind.missing_item: Ability.missing_item,
}


def returning(line_id: str, quantity: int = 1) -> CaseRequest:
    return CaseRequest(kind=CaseKind.return_, items=[CaseItem(line_id=line_id, quantity=quantity)])


async def test_address_changes_while_nothing_has_left(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    changed = await api.change_address(order.id, platform.new_address, key="address-ok")
    assert (changed.shipping_address.line1, changed.shipping_address.postcode) == (
        platform.new_address.line1,
        platform.new_address.postcode,
    )
    assert changed == await api.get_order(order.id)


async def test_shipped_order_keeps_its_address(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "shipped")
    with pytest.raises(NotAllowed, match="already_shipped"):
        await api.change_address(order.id, platform.new_address, key="address-late")
    assert (await api.get_order(order.id)).shipping_address == order.shipping_address


async def test_unknown_country_is_named(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    with pytest.raises(Invalid) as refused:
        await api.change_address(order.id, platform.new_address.copy(update={"country": "XX"}), key="country")
    assert refused.value.field == "country"


async def test_impossible_postcode_is_named(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    with pytest.raises(Invalid) as refused:
        await api.change_address(order.id, platform.new_address.copy(update={"postcode": "1"}), key="postcode")
    assert refused.value.field == "postcode"


async def test_more_than_was_bought_cannot_be_returned(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "delivered")
    line = order.lines[0]
    with pytest.raises(NotAllowed, match="over_quantity"):
        await api.open_case(order.id, returning(line.id, line.quantity + 1), key="too-many")
    assert (await api.get_order(order.id)).cases == []


async def test_nothing_is_returned_twice(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "delivered")
    line = order.lines[0]
    await api.open_case(order.id, returning(line.id, line.quantity), key="return-first")
    with pytest.raises(NotAllowed, match=r"over_quantity|already_requested"):
        await api.open_case(order.id, returning(line.id), key="return-second")
    assert (await api.get_order(order.id)).lines[0].returned_quantity == line.quantity


async def test_order_in_the_warehouse_cannot_be_returned(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    with pytest.raises(NotAllowed, match="not_shipped"):
        await api.open_case(order.id, returning(order.lines[0].id), key="return-early")


async def test_line_of_another_order_is_refused(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "delivered")
    with pytest.raises(Invalid) as refused:
        await api.open_case(order.id, returning("no such line"), key="foreign-line")
    assert refused.value.field == "items"


async def test_variant_is_exchanged_before_packing_and_only_once(platform: Platform, api: OrderApi) -> None:
    order, change = await _order_with_another_variant(platform, api)
    changed = await api.change_items(order.id, [change], key="items-first")
    line = next(line for line in changed.lines if line.id == change.line_id)
    assert (line.variant_id, changed.items_changed) == (change.new_variant_id, True)
    with pytest.raises(NotAllowed, match="items_already_changed"):
        await api.change_items(order.id, [change], key="items-second")


async def test_variant_of_another_product_is_refused(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    with pytest.raises(Invalid) as refused:
        await api.change_items(
            order.id, [ItemChange(line_id=order.lines[0].id, new_variant_id="no-such")], key="items-foreign"
        )
    assert refused.value.field == "new_variant_id"


async def test_what_the_platform_cannot_do_it_says(platform: Platform, api: OrderApi) -> None:
    abilities = await api.capabilities()
    for kind, ability in WRITES.items():
        if ability not in abilities:
            order = await platform.take(api, "delivered")
            with pytest.raises(NotSupported):
                await api.open_case(order.id, CaseRequest(kind=kind), key=f"cannot-{kind.value}")
    assert {Ability.find_by_proof, Ability.change_address, Ability.cancel, Ability.return_} <= abilities


async def test_unknown_ids_are_not_found(platform: Platform, api: OrderApi) -> None:
    with pytest.raises(NotFound):
        await api.get_order("no/such?order#")
    with pytest.raises(NotFound):
        await api.cancel("no such order", platform.cancel_reason, key="unknown-order")
    with pytest.raises(NotFound):
        await api.product("no such product")
    assert await api.orders_of("nobody") == []


async def test_products_are_found_by_words(platform: Platform, api: OrderApi) -> None:
    order = await api.find_order(*platform.shipped[0])
    title = order.lines[0].title
    found = await api.find_products(title, limit=3)
    assert title in [product.title for product in found]
    assert await api.product(found[0].id) == found[0]
    assert await api.find_products("", limit=3) == []


async def test_whole_catalogue_can_be_read_page_by_page(platform: Platform, api: OrderApi) -> None:
    pages = [await api.list_products(limit=20, offset=offset) for offset in range(0, 80, 20)]
    ids = [product.id for page in pages for product in page]
    assert len(ids) == len(set(ids)) >= 40
    assert pages[0][0] == await api.product(ids[0])
    assert await api.list_products(limit=20, offset=10_000) == []


async def test_what_was_ordered_most_comes_first(platform: Platform, api: OrderApi) -> None:
    sold = platform.pieces_sold()
    listed = [sold.get(product.id, 0) for product in await api.list_products(limit=200)]
    assert listed == sorted(listed, reverse=True)
    assert listed[0] > listed[-1]


async def _order_with_another_variant(platform: Platform, api: OrderApi) -> tuple[Order, ItemChange]:
    for _ in range(5):
        order = await platform.take(api, "unshipped")
        for line in order.lines:
            for variant in (await api.product(line.product_id)).variants:
                enough = variant.stock is None or variant.stock >= line.quantity
                if variant.available and enough and variant.id != line.variant_id:
                    return order, ItemChange(line_id=line.id, new_variant_id=variant.id)
    raise AssertionError("no order with a variant to choose")
