"""The subscriber in Medusa tells of what happens to an order, signed, and again when nobody took it."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.medusa_store.listener import Listener, listening
from tests.medusa_store.running import RunningMedusa
from tests.medusa_store.test_preparing import running_keys
from tests.until import until

pytestmark = pytest.mark.medusa


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningMedusa, Listener]]:
    with listening() as listener:
        medusa = RunningMedusa(tmp_path_factory.mktemp("telling"), RAMAH_EVENTS_URL=listener.url)
        yield medusa, listener
        medusa.stop()


@pytest.fixture
def shop(telling: tuple[RunningMedusa, Listener]) -> Iterator[tuple[httpx.Client, Listener, str]]:
    medusa, listener = telling
    medusa.restore()
    listener.heard.clear()
    with medusa.admin() as admin:
        yield admin, listener, running_keys(medusa)["events_secret"]


def topics(listener: Listener, order_id: str) -> set[str]:
    told = [json.loads(body) for _, body in listener.heard]
    return {each["topic"] for each in told if each["order_id"] == order_id}


def test_a_cancelled_order_is_told_of_with_a_signature(shop: tuple[httpx.Client, Listener, str]) -> None:
    admin, listener, secret = shop
    assert admin.post("/orders/ord_1060/cancel", json={}).status_code == 200
    until(lambda: "order.canceled" in topics(listener, "ord_1060"))
    headers, body = listener.heard[0]
    signed = hmac.new(secret.encode(), f"{headers['x-ramah-timestamp']}.".encode() + body, hashlib.sha256)
    assert headers["x-ramah-signature"] == f"v1={signed.hexdigest()}"
    assert abs(int(headers["x-ramah-timestamp"]) - time.time()) < 60
    assert set(json.loads(body)) == {"id", "topic", "order_id"}


def test_a_parcel_is_told_of_under_its_order(shop: tuple[httpx.Client, Listener, str]) -> None:
    admin, listener, _ = shop
    items = [{"id": "ord_1116_1", "quantity": 4}, {"id": "ord_1116_2", "quantity": 1}]
    location = admin.get("/stock-locations").json()["stock_locations"][0]["id"]
    made = admin.post("/orders/ord_1116/fulfillments", json={"items": items, "location_id": location})
    assert made.status_code == 200, made.text
    parcel = admin.get("/orders/ord_1116", params={"fields": "*fulfillments"}).json()["order"]["fulfillments"][0]["id"]
    here = f"/orders/ord_1116/fulfillments/{parcel}"
    assert admin.post(f"{here}/shipments", json={"items": items, "labels": []}).status_code == 200
    assert admin.post(f"{here}/mark-as-delivered", json={}).status_code == 200
    wanted = {"order.fulfillment_created", "shipment.created", "delivery.created"}
    until(lambda: wanted <= topics(listener, "ord_1116"), told=lambda: str(listener.heard))


def test_an_address_and_a_return_are_told_of(shop: tuple[httpx.Client, Listener, str]) -> None:
    admin, listener, _ = shop
    assert admin.post("/orders/ord_1127", json={"shipping_address": {"address_2": "#05-1"}}).status_code == 200
    until(lambda: "order.updated" in topics(listener, "ord_1127"))
    opened = admin.post("/returns", json={"order_id": "ord_1113"}).json()["return"]["id"]
    items = {"items": [{"id": "ord_1113_1", "quantity": 1}]}
    assert admin.post(f"/returns/{opened}/request-items", json=items).status_code == 200
    assert admin.post(f"/returns/{opened}/request", json={"no_notification": True}).status_code == 200
    until(lambda: "order.return_requested" in topics(listener, "ord_1113"))


def test_told_again_under_a_new_signature_when_nobody_took_it(shop: tuple[httpx.Client, Listener, str]) -> None:
    admin, listener, _ = shop
    listener.answers[:] = [503]
    assert admin.post("/orders/ord_1060/cancel", json={}).status_code == 200
    until(lambda: len(listener.heard) >= 2)
    (first, body), (again, same) = listener.heard[:2]
    assert body == same
    assert first["x-ramah-timestamp"] <= again["x-ramah-timestamp"]
