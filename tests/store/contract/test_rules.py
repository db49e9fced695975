"""What a platform itself refuses, whatever the shop's policy says."""

from __future__ import annotations

import pytest

from bot.store.api import OrderApi
from bot.store.errors import Invalid, NotAllowed, NotFound, NotSupported
from bot.store.models import Ability, CaseItem, CaseKind, CaseRequest, ItemChange, Order, Wish
from tests.store.platform import Platform

CASES = {
    CaseKind.return_: Ability.return_,
    CaseKind.exchange: Ability.exchange,
    CaseKind.replacement: Ability.replacement,
    CaseKind.lost_parcel: Ability.lost_parcel,
    CaseKind.missing_item: Ability.missing_item,
}


def returning(line_id: str, quantity: int = 1) -> CaseRequest:
    return CaseRequest(kind=CaseKind.return_, items=[CaseItem(line_id=line_id, quantity=quantity)])


async def test_address_changes_while_nothing_has_left(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    changed = await api.change_address(order.id, platform.new_address, key=f"address-ok-{order.id}")
    assert (changed.shipping_address.line1, changed.shipping_address.postcode) == (
        platform.new_address.line1,
        platform.new_address.postcode,
    )
    assert changed == await api.get_order(order.id)


async def test_shipped_order_keeps_its_address(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "shipped")
    with pytest.raises(NotAllowed, match="already_shipped"):
        await api.change_address(order.id, platform.new_address, key=f"address-late-{order.id}")
    assert (await api.get_order(order.id)).shipping_address == order.shipping_address


async def test_unknown_country_is_named(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    with pytest.raises(Invalid) as refused:
        await api.change_address(
            order.id, platform.new_address.copy(update={"country": "XX"}), key=f"country-{order.id}"
        )
    assert refused.value.field == "country"


async def test_impossible_postcode_is_named(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    with pytest.raises(Invalid) as refused:
        await api.change_address(
            order.id, platform.new_address.copy(update={"postcode": "1"}), key=f"postcode-{order.id}"
        )
    assert refused.value.field == "postcode"


async def test_more_than_was_bought_cannot_be_returned(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "delivered")
    line = order.lines[0]
    with pytest.raises(NotAllowed, match="over_quantity"):
        await api.open_case(order.id, returning(line.id, line.quantity + 1), key=f"too-many-{order.id}")
    assert (await api.get_order(order.id)).cases == []


async def test_nothing_is_returned_twice(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "delivered")
    line = order.lines[0]
    await api.open_case(order.id, returning(line.id, line.quantity), key=f"return-first-{order.id}")
    with pytest.raises(NotAllowed, match=r"over_quantity|already_requested"):
        await api.open_case(order.id, returning(line.id), key=f"return-second-{order.id}")
    assert (await api.get_order(order.id)).lines[0].returned_quantity == line.quantity


async def test_order_in_the_warehouse_cannot_be_returned(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    with pytest.raises(NotAllowed, match="not_shipped"):
        await api.open_case(order.id, returning(order.lines[0].id), key=f"return-early-{order.id}")


async def test_line_of_another_order_is_refused(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "delivered")
    with pytest.raises(Invalid) as refused:
        await api.open_case(order.id, returning("no such line"), key=f"foreign-line-{order.id}")
    assert refused.value.field == "items"


async def test_variant_is_exchanged_before_packing_and_only_once(platform: Platform, api: OrderApi) -> None:
    if Ability.change_items not in await api.capabilities():
        order = await platform.take(api, "unshipped")
        with pytest.raises(NotSupported):
            await api.change_items(order.id, [_change(order, "any")], key=f"items-{order.id}")
        return
    order, change = await _order_with_another_variant(platform, api)
    changed = await api.change_items(order.id, [change], key=f"items-first-{order.id}")
    assert change.new_variant_id in [line.variant_id for line in changed.lines]
    assert sum(line.quantity for line in changed.lines) == sum(line.quantity for line in order.lines)
    assert changed.items_changed
    with pytest.raises(NotAllowed, match="items_already_changed"):
        await api.change_items(order.id, [change], key=f"items-second-{order.id}")


async def test_variant_of_another_product_is_refused(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "unshipped")
    expected = Invalid if Ability.change_items in await api.capabilities() else NotSupported
    with pytest.raises(expected) as refused:
        await api.change_items(order.id, [_change(order, "no-such")], key=f"items-foreign-{order.id}")
    assert getattr(refused.value, "field", "new_variant_id") == "new_variant_id"


@pytest.mark.parametrize("kind", CaseKind)
async def test_case_that_is_opened_stays_in_the_store_or_a_person_is_needed(
    platform: Platform, api: OrderApi, kind: CaseKind
) -> None:
    order = await platform.take(api, "shipped" if kind is CaseKind.lost_parcel else "delivered")
    request = await _request(api, kind, order)
    if CASES[kind] not in await api.capabilities():
        with pytest.raises(NotSupported):
            await api.open_case(order.id, request, key=f"case-{order.id}")
        assert (await api.get_order(order.id)).cases == []
        return
    case = await api.open_case(order.id, request, key=f"case-{order.id}")
    assert case == await api.open_case(order.id, request, key=f"case-{order.id}")
    assert (await api.get_order(order.id)).cases == [case]
    assert (case.kind, case.reason, case.wish, case.order_id) == (kind, request.reason, request.wish, order.id)
    assert [(item.line_id, item.quantity) for item in case.items] == [
        (item.line_id, item.quantity) for item in request.items
    ]
    assert case.number


async def test_the_least_that_every_platform_must_offer(api: OrderApi) -> None:
    assert {Ability.find_by_proof, Ability.change_address, Ability.cancel} <= await api.capabilities()


async def test_unknown_ids_are_not_found(platform: Platform, api: OrderApi) -> None:
    with pytest.raises(NotFound):
        await api.get_order("no/such?order#")
    with pytest.raises(NotFound):
        await api.cancel("no such order", platform.cancel_reason, key="unknown-order")
    with pytest.raises(NotFound):
        await api.product("no such product")
    assert await api.orders_of("nobody") == []


async def test_products_are_found_by_words(platform: Platform, api: OrderApi) -> None:
    order = await api.find_order(*await platform.known())
    title = order.lines[0].title
    found = await api.find_products(title, limit=3)
    assert title in [product.title for product in found]
    assert await api.product(found[0].id) == found[0]
    assert await api.find_products("", limit=3) == []


async def test_line_of_an_order_names_a_variant_of_the_catalogue(platform: Platform, api: OrderApi) -> None:
    line = (await api.find_order(*await platform.known())).lines[0]
    variant = next(each for each in (await api.product(line.product_id)).variants if each.id == line.variant_id)
    assert (variant.product_id, variant.options) == (line.product_id, line.options)


async def test_whole_catalogue_can_be_read_page_by_page(platform: Platform, api: OrderApi) -> None:
    size = max(1, platform.products // 3)
    pages = [await api.list_products(limit=size, offset=offset) for offset in range(0, 4 * size, size)]
    ids = [product.id for page in pages for product in page]
    assert len(ids) == len(set(ids)) >= platform.products
    assert pages[0][0] == await api.product(ids[0])
    assert await api.list_products(limit=size, offset=10_000) == []


async def test_what_was_ordered_most_comes_first(platform: Platform, api: OrderApi) -> None:
    if platform.sold is None:
        pytest.skip(f"{platform.name} does not say what sells best")
    sold = platform.sold()
    listed = [sold.get(product.id, 0) for product in await api.list_products(limit=200)]
    assert listed == sorted(listed, reverse=True)
    assert listed[0] > listed[-1]


def _change(order: Order, new_variant_id: str) -> ItemChange:
    return ItemChange(line_id=order.lines[0].id, new_variant_id=new_variant_id)


async def _request(api: OrderApi, kind: CaseKind, order: Order) -> CaseRequest:
    if kind is CaseKind.lost_parcel:
        return CaseRequest(kind=kind, reason="lost", wish=Wish.refund)
    line, wish = order.lines[0], {CaseKind.exchange: Wish.exchange, CaseKind.return_: Wish.refund}.get(kind)
    item = CaseItem(line_id=line.id, quantity=1)
    if kind is CaseKind.exchange:
        variants = (await api.product(line.product_id)).variants
        other = next((each.id for each in variants if each.available and each.id != line.variant_id), line.variant_id)
        item = item.copy(update={"new_variant_id": other})
    return CaseRequest(kind=kind, items=[item], reason="damaged", wish=wish or Wish.replacement, note="It's torn")


async def _order_with_another_variant(platform: Platform, api: OrderApi) -> tuple[Order, ItemChange]:
    for _ in range(5):
        order = await platform.take(api, "unshipped")
        for line in order.lines:
            for variant in (await api.product(line.product_id)).variants:
                enough = variant.stock is None or variant.stock >= line.quantity
                if variant.available and enough and variant.id != line.variant_id:
                    return order, ItemChange(line_id=line.id, new_variant_id=variant.id)
    raise AssertionError("no order with a variant to choose")
