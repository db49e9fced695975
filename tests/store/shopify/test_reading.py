"""Orders and products as a shopper knows them, however many pages they take."""

from __future__ import annotations

from decimal import Decimal

from bot.store.models import OrderState, Proof, ProofKind, ShipmentState
from bot.store.shopify.store import ShopifyStore
from tests.store.shopify.nodes import connection
from tests.store.shopify.orders_made import make_parcel
from tests.store.shopify.shop import Shop


async def test_parcel_tells_where_it_is(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("delivered")
    seen = await store.get_order(order["id"])
    (parcel,) = seen.shipments
    assert (parcel.carrier, parcel.state) == ("J&T Express", ShipmentState.delivered)
    assert [event.state for event in parcel.events] == [
        ShipmentState.in_transit,
        ShipmentState.out_for_delivery,
        ShipmentState.delivered,
    ]
    assert parcel.events[0].place == "Shah Alam, Selangor, MY"
    assert seen.delivered_at == parcel.delivered_at
    assert seen.payments[0].method == "Visa •••• 4242"
    assert seen.total.amount == sum(line.unit_price.amount * line.quantity for line in seen.lines) + Decimal(8)


async def test_part_of_an_order_on_its_way_is_partly_shipped(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("unshipped")
    make_parcel(order, 77, [(order["_lines"][0], 1)], "IN_TRANSIT", shop.now())
    seen = await store.get_order(order["id"])
    assert (seen.state, [line.shipped_quantity for line in seen.lines]) == (OrderState.partly_shipped, [1, 0])


async def test_parcel_whose_label_was_voided_is_none(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("labelled")
    order["_fulfillments"][0].update(status="CANCELLED", displayStatus="CANCELED")
    order["displayFulfillmentStatus"] = "UNFULFILLED"
    seen = await store.get_order(order["id"])
    assert (seen.state, seen.shipments) == (OrderState.paid, [])


async def test_order_of_many_lines_is_read_to_its_end(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("unshipped")
    line = order["_lines"][0]
    order["_lines"] = [{**line, "id": f"gid://shopify/LineItem/9{index:03d}"} for index in range(140)]
    make_parcel(order, 88, [(each, 2) for each in order["_lines"]], "IN_TRANSIT", shop.now())
    seen = await store.get_order(order["id"])
    assert [each.id for each in seen.lines] == [each["id"] for each in order["_lines"]]
    assert len(seen.shipments[0].items) == 140
    assert seen.state is OrderState.shipped


async def test_many_returns_of_one_order_are_all_read(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("delivered")
    source = order["_fulfillments"][0]["_lines"][0]
    for index in range(17):
        lines = [
            {
                "__typename": "ReturnLineItem",
                "id": f"gid://shopify/ReturnLineItem/{index}{piece}",
                "quantity": 1,
                "processedQuantity": 0,
                "customerNote": None,
                "returnReason": "UNWANTED",
                "returnReasonNote": "",
                "fulfillmentLineItem": source,
            }
            for piece in range(12)
        ]
        order["_returns"].append(
            {
                "id": f"gid://shopify/Return/{index}",
                "name": f"{order['name']}-R{index}",
                "status": "CANCELED",
                "createdAt": f"2026-02-{index + 1:02d}T00:00:00Z",
                "returnLineItems": connection(lambda lines=lines: lines),
                "exchangeLineItems": connection(list),
                "_lines": lines,
            }
        )
    cases = (await store.get_order(order["id"])).cases
    assert [case.number for case in cases] == [each["name"] for each in order["_returns"]]
    assert {case.items[0].quantity for case in cases} == {12}


async def test_line_that_an_edit_took_off_is_gone(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("unshipped", edited=True)
    order["_lines"][1]["currentQuantity"] = 0
    seen = await store.get_order(order["id"])
    assert [line.id for line in seen.lines] == [order["_lines"][0]["id"]]
    assert seen.items_changed


async def test_product_that_was_deleted_leaves_its_line(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("unshipped")
    order["_lines"][0].update(product=None, variant=None, image=None)
    line = (await store.get_order(order["id"])).lines[0]
    assert (line.product_id, line.variant_id, line.options, line.image) == ("", "", {}, "")


async def test_order_that_nothing_is_sent_for_has_no_address_and_no_proof_by_postcode(
    shop: Shop, store: ShopifyStore
) -> None:
    order = shop.add_order("unshipped", shippingAddress=None)
    seen = await store.find_order(order["name"], Proof(kind=ProofKind.email, value=order["email"]))
    assert seen.shipping_address.line1 == ""


async def test_customers_orders_come_newest_first(shop: Shop, store: ShopifyStore) -> None:
    orders = [shop.add_order("shipped", createdAt=f"2026-01-{day:02d}T00:00:00Z") for day in range(1, 15)]
    customer = orders[0]["customer"]["id"]
    mine = [order["id"] for order in orders if order["customer"]["id"] == customer]
    for told in (customer, customer.rpartition("/")[2]):
        assert [order.id for order in await store.orders_of(told)] == mine[::-1]
    assert len(await store.orders_of(customer, limit=1)) == 1


async def test_number_typed_as_a_search_command_finds_nothing_more(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("shipped")
    proof = Proof(kind=ProofKind.email, value=order["email"])
    assert (await store.find_order(f"# {order['name'][1:]}", proof)).id == order["id"]
    await_query = [each["variables"]["query"] for each in shop.seen if "OrdersByName" in each["query"]]
    assert await_query == [f'name:"{order["name"][1:]}" OR name:"{order["name"]}"']


async def test_product_without_variants_has_no_options(shop: Shop, store: ShopifyStore) -> None:
    product = await store.product("gid://shopify/Product/10")
    assert [(variant.options, variant.stock) for variant in product.variants] == [({}, 500)]
    assert (product.variants[0].price.amount, product.variants[0].price.currency) == (Decimal("30.90"), "MYR")


async def test_draft_is_not_shown(shop: Shop, store: ShopifyStore) -> None:
    assert "gid://shopify/Product/30" not in [product.id for product in await store.list_products()]
    assert len(await store.list_products()) == 29


async def test_stock_is_not_asked_for_without_leave(shop: Shop, store: ShopifyStore) -> None:
    shop.scopes.remove("read_inventory")
    assert (await store.product("10")).variants[0].stock is None
