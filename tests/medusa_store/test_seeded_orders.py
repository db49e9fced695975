"""The demo shop's orders in Medusa are true orders: whatever the Admin API does with an order it does with these."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.demo_store.generator.fixed_orders import ANY_DAY, fixed_orders
from bot.medusa_store.demo_data import shop_document
from tests.medusa_store.running import RunningMedusa

pytestmark = pytest.mark.medusa

FIELDS = ",".join(
    (
        "id,display_id,status,payment_status,fulfillment_status,email,metadata,summary,canceled_at,created_at",
        "*items,*items.detail,*shipping_address,*fulfillments,*fulfillments.labels",
        "*payment_collections.payments,*payment_collections.payments.refunds,*returns",
    )
)


def order_of(admin: httpx.Client, number: str) -> dict[str, Any]:
    answer = admin.get(f"/orders/ord_{number}", params={"fields": FIELDS})
    assert answer.status_code == 200, answer.text
    order: dict[str, Any] = answer.json()["order"]
    return order


def done(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_every_fixed_order_is_there_with_its_number_its_buyer_and_what_it_cost(admin: httpx.Client) -> None:
    for expected, _ in fixed_orders():
        order = order_of(admin, expected.number)
        assert order["display_id"] == int(expected.number)
        assert order["email"] == expected.customer.email
        assert order["summary"]["original_order_total"] == float(expected.total.amount)
        assert {item["id"] for item in order["items"]} == {f"{expected.id}_{line.id}" for line in expected.lines}


def test_the_states_are_medusas_own(admin: httpx.Client) -> None:
    states = {
        number: tuple(order_of(admin, number)[part] for part in ("status", "payment_status", "fulfillment_status"))
        for number in ("1060", "1071", "1083", "1090", "1110", "1112", "1115", "1120")
    }
    assert states == {
        "1060": ("pending", "captured", "not_fulfilled"),
        "1071": ("pending", "captured", "delivered"),
        "1083": ("pending", "captured", "partially_shipped"),
        "1090": ("canceled", "refunded", "not_fulfilled"),
        "1110": ("pending", "not_paid", "not_fulfilled"),
        "1112": ("pending", "partially_refunded", "delivered"),
        "1115": ("pending", "captured", "shipped"),
        "1120": ("pending", "captured", "fulfilled"),
    }


def test_what_happened_lies_in_the_past_as_in_the_demo_store(admin: httpx.Client) -> None:
    delivered = order_of(admin, "1080")["fulfillments"][0]
    assert order_of(admin, "1080")["created_at"] < delivered["packed_at"] < delivered["shipped_at"]
    assert delivered["shipped_at"] < delivered["delivered_at"] < order_of(admin, "1060")["created_at"]
    assert order_of(admin, "1090")["canceled_at"] < order_of(admin, "1093")["canceled_at"]


@pytest.mark.parametrize(("number", "payment"), [("1060", "refunded"), ("1110", "canceled"), ("1116", "refunded")])
def test_cancel(admin: httpx.Client, number: str, payment: str) -> None:
    done(admin.post(f"/orders/ord_{number}/cancel", json={}))
    order = order_of(admin, number)
    assert order["status"] == "canceled"
    assert order["payment_status"] in {payment, "not_paid" if number == "1110" else payment}
    assert admin.post(f"/orders/ord_{number}/cancel", json={}).status_code == 400


def test_a_packed_order_is_not_cancelled(admin: httpx.Client) -> None:
    assert admin.post("/orders/ord_1120/cancel", json={}).status_code == 400


def test_change_the_address(admin: httpx.Client) -> None:
    new = {"address_1": "9 Jalan Baru", "postal_code": "43650"}
    done(admin.post("/orders/ord_1060", json={"shipping_address": new}))
    address = order_of(admin, "1060")["shipping_address"]
    assert {name: address[name] for name in (*new, "first_name")} == {**new, "first_name": "Nurul Huda"}


def test_return_receive_and_refund(medusa: RunningMedusa, admin: httpx.Client) -> None:
    opening = {"order_id": "ord_1071", "location_id": medusa.store["location"]}
    path = f"/returns/{done(admin.post('/returns', json=opening))['return']['id']}"
    item = {"id": "ord_1071_2", "quantity": 2, "reason_id": medusa.store["return_reasons"]["does_not_fit"]}
    done(admin.post(f"{path}/request-items", json={"items": [item]}))
    done(admin.post(f"{path}/request", json={"no_notification": True}))
    done(admin.post(f"{path}/receive", json={}))
    done(admin.post(f"{path}/receive-items", json={"items": [{"id": "ord_1071_2", "quantity": 2}]}))
    done(admin.post(f"{path}/receive/confirm", json={"no_notification": True}))
    payment = order_of(admin, "1071")["payment_collections"][0]["payments"][0]["id"]
    refund = {"amount": 27.8, "refund_reason_id": medusa.store["refund_reason"]}
    done(admin.post(f"/payments/{payment}/refund", json=refund))
    assert order_of(admin, "1071")["payment_status"] == "partially_refunded"


def test_more_pieces_than_were_bought_are_not_returned(medusa: RunningMedusa, admin: httpx.Client) -> None:
    made = done(admin.post("/returns", json={"order_id": "ord_1071", "location_id": medusa.store["location"]}))
    items = {"items": [{"id": "ord_1071_2", "quantity": 4}]}
    assert admin.post(f"/returns/{made['return']['id']}/request-items", json=items).status_code == 400


def test_exchange(medusa: RunningMedusa, admin: httpx.Client) -> None:
    path = f"/exchanges/{done(admin.post('/exchanges', json={'order_id': 'ord_1071'}))['exchange']['id']}"
    item = {"id": "ord_1071_1", "quantity": 1, "reason_id": medusa.store["return_reasons"]["does_not_fit"]}
    done(admin.post(f"{path}/inbound/items", json={"items": [item], "location_id": medusa.store["location"]}))
    done(admin.post(f"{path}/outbound/items", json={"items": [{"variant_id": "linen_kurta-sand_l", "quantity": 1}]}))
    method = {"shipping_option_id": medusa.store["shipping_option"], "custom_amount": 0}
    done(admin.post(f"{path}/outbound/shipping-method", json=method))
    assert done(admin.post(f"{path}/request", json={"no_notification": True}))["return"]["status"] == "requested"


def test_claim_with_a_replacement(medusa: RunningMedusa, admin: httpx.Client) -> None:
    claim = done(admin.post("/claims", json={"order_id": "ord_1071", "type": "replace"}))["claim"]["id"]
    item = {"id": "ord_1071_3", "quantity": 1, "reason": "production_failure"}
    done(admin.post(f"/claims/{claim}/claim-items", json={"items": [item]}))
    sent = {"variant_id": "desk_fan-mint", "quantity": 1}
    done(admin.post(f"/claims/{claim}/outbound/items", json={"items": [sent]}))
    method = {"shipping_option_id": medusa.store["shipping_option"], "custom_amount": 0}
    done(admin.post(f"/claims/{claim}/outbound/shipping-method", json=method))
    assert done(admin.post(f"/claims/{claim}/request", json={}))["claim"]["type"] == "replace"


def test_change_an_item_for_another_variant(admin: httpx.Client) -> None:
    done(admin.post("/order-edits", json={"order_id": "ord_1116"}))
    new = {"items": [{"variant_id": "rattan_basket-large", "quantity": 1, "unit_price": 80}]}
    done(admin.post("/order-edits/ord_1116/items", json=new))
    done(admin.post("/order-edits/ord_1116/items/item/ord_1116_2", json={"quantity": 0}))
    done(admin.post("/order-edits/ord_1116/request", json={}))
    done(admin.post("/order-edits/ord_1116/confirm", json={}))
    assert "rattan_basket-large" in {item["variant_id"] for item in order_of(admin, "1116")["items"]}


def test_pack_send_and_deliver(medusa: RunningMedusa, admin: httpx.Client) -> None:
    items = [{"id": "ord_1060_1", "quantity": 1}]
    done(admin.post("/orders/ord_1060/fulfillments", json={"items": items, "location_id": medusa.store["location"]}))
    parcel = order_of(admin, "1060")["fulfillments"][0]["id"]
    labels = [{"tracking_number": "MY1", "tracking_url": "https://carrier.example/MY1", "label_url": "#"}]
    here = f"/orders/ord_1060/fulfillments/{parcel}"
    done(admin.post(f"{here}/shipments", json={"items": items, "labels": labels}))
    done(admin.post(f"{here}/mark-as-delivered", json={}))
    assert order_of(admin, "1060")["fulfillment_status"] == "delivered"


def test_the_stock_is_the_demo_stores(admin: httpx.Client) -> None:
    shelf = "variants.inventory_items.inventory"
    fields = f"variants.id,{shelf}.stocked_quantity,{shelf}.reserved_quantity"
    product = done(admin.get("/products/canvas_sneakers", params={"fields": fields}))["product"]
    told = next(each for each in shop_document(ANY_DAY)["products"] if each["id"] == "canvas_sneakers")
    left = {}
    for variant in product["variants"]:
        held = variant["inventory_items"][0]["inventory"]
        left[variant["id"]] = held["stocked_quantity"] - held["reserved_quantity"]
    assert left == {variant["id"]: variant["stock"] for variant in told["variants"]}
