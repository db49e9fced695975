"""Webhooks, as https://shopify.dev/docs/apps/build/webhooks/verify-deliveries describes their signature.

Bodies are cut down from https://shopify.dev/docs/api/webhooks?reference=toml (the topics' example payloads).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta, timezone

import pytest

from bot.store.events import BadSignature, StoreEvent
from bot.store.shopify.webhook import read_event

SECRET = "hush"
ORDER = "gid://shopify/Order/820982911946154508"
NUMBER = 820982911946154508
BODIES: dict[str, dict[str, object]] = {
    "orders/updated": {"id": NUMBER, "admin_graphql_api_id": ORDER, "email": "jon@example.com"},
    "orders/fulfilled": {"id": NUMBER, "admin_graphql_api_id": ORDER},
    "orders/cancelled": {"id": NUMBER},
    "fulfillments/create": {"id": 123456, "order_id": NUMBER, "status": "pending"},
    "fulfillments/update": {"id": 123456, "order_id": NUMBER, "status": "success"},
    "fulfillment_events/create": {"id": 1, "fulfillment_id": 123456, "order_id": NUMBER, "status": "in_transit"},
    "refunds/create": {"id": 890088186047892319, "order_id": NUMBER},
    "returns/request": {"id": 1, "admin_graphql_api_id": "gid://shopify/Return/1", "order": {"id": NUMBER}},
    "returns/approve": {"id": 1, "order": {"id": NUMBER, "admin_graphql_api_id": ORDER}},
}


def signed(body: bytes, topic: str, secret: str = SECRET, **more: str) -> dict[str, str]:
    digest = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    named = {name.replace("_", "-"): value for name, value in more.items()}
    return {"x-shopify-hmac-sha256": digest, "x-shopify-topic": topic, **named}


@pytest.mark.parametrize("topic", BODIES)
def test_each_topic_names_its_order_as_the_api_does(topic: str) -> None:
    body = json.dumps(BODIES[topic]).encode()
    assert read_event(signed(body, topic), body, [SECRET]) == StoreEvent(order_id=ORDER, topic=topic)


def test_either_secret_will_do_while_one_is_replaced() -> None:
    body = json.dumps(BODIES["orders/updated"]).encode()
    headers = signed(body, "orders/updated", "old")
    assert read_event(headers, body, ["new", "old"]) is not None
    with pytest.raises(BadSignature):
        read_event(headers, body, ["new"])


@pytest.mark.parametrize("signature", ["", "x", "=", "bm90IGl0", "ÿ", "a" * 5000])
def test_nothing_unsigned_is_read(signature: str) -> None:
    body = json.dumps(BODIES["orders/updated"]).encode()
    with pytest.raises(BadSignature):
        read_event({"x-shopify-hmac-sha256": signature, "x-shopify-topic": "orders/updated"}, body, [SECRET])


def test_one_changed_letter_breaks_the_signature() -> None:
    body = json.dumps(BODIES["orders/updated"]).encode()
    with pytest.raises(BadSignature):
        read_event(signed(body, "orders/updated"), body.replace(b"jon", b"jan"), [SECRET])


def test_without_a_secret_nobody_is_believed() -> None:
    body = b"{}"
    with pytest.raises(BadSignature):
        read_event(signed(body, "orders/updated", ""), body, [])


def test_old_delivery_is_not_played_again() -> None:
    body = json.dumps(BODIES["orders/updated"]).encode()
    now = datetime.now(timezone.utc)
    fresh = (now - timedelta(hours=4)).strftime("%Y-%m-%dT%H:%M:%S.123456789Z")
    old = (now - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%S.123456789Z")
    assert read_event(signed(body, "orders/updated", x_shopify_triggered_at=fresh), body, [SECRET]) is not None
    with pytest.raises(BadSignature):
        read_event(signed(body, "orders/updated", x_shopify_triggered_at=old), body, [SECRET])


@pytest.mark.parametrize("topic", ["products/update", "app/uninstalled", "shop/redact", ""])
def test_what_concerns_no_order_is_nothing(topic: str) -> None:
    body = b'{"id": 1}'
    assert read_event(signed(body, topic), body, [SECRET]) is None


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'"x"', b"{}", b'{"id": "1; drop"}', b"\xff"])
def test_signed_nonsense_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_event(signed(body, "orders/updated"), body, [SECRET])
