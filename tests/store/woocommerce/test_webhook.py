"""Webhooks as class-wc-webhook.php of woocommerce/woocommerce sends them (deliver, deliver_ping).

Page: https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest

from bot.store.events import BadSignature, StoreEvent
from bot.store.woocommerce.webhook import read_event

SECRET = "s3cret"
BODY = json.dumps({"id": 727, "status": "completed"}).encode()


def delivered(body: bytes, secret: str = SECRET, topic: str = "order.updated") -> dict[str, str]:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    resource, _, event = topic.partition(".")
    return {
        "content-type": "application/json",
        "x-wc-webhook-source": "https://example.com/",
        "x-wc-webhook-topic": topic,
        "x-wc-webhook-resource": resource,
        "x-wc-webhook-event": event,
        "x-wc-webhook-signature": base64.b64encode(digest).decode(),
        "x-wc-webhook-id": "142",
        "x-wc-webhook-delivery-id": "f1",
    }


@pytest.mark.parametrize("topic", ["order.created", "order.updated", "order.deleted", "order.restored"])
def test_signed_event_names_its_order(topic: str) -> None:
    assert read_event(delivered(BODY, topic=topic), BODY, ["s3cret"]) == StoreEvent(order_id="727", topic=topic)


def test_either_secret_may_sign_while_one_is_replaced() -> None:
    for secret in ("old", "new"):
        assert read_event(delivered(BODY, secret), BODY, ["new", "old"]) is not None


@pytest.mark.parametrize(
    ("headers", "body", "secrets"),
    [
        (delivered(BODY), BODY, ["other"]),
        (delivered(BODY), BODY + b" ", ["s3cret"]),
        (delivered(BODY), BODY, []),
        (delivered(BODY, ""), BODY, [""]),
        ({**delivered(BODY), "x-wc-webhook-signature": ""}, BODY, ["s3cret"]),
        ({**delivered(BODY), "x-wc-webhook-signature": "ü"}, BODY, ["s3cret"]),
        ({}, b"webhook_id=1&id=727", ["s3cret"]),
        ({}, b"", ["s3cret"]),
    ],
    ids=["secret", "body", "no secrets", "empty secret", "no signature", "nonsense", "more than a ping", "nothing"],
)
def test_what_nobody_signed_is_refused(headers: dict[str, str], body: bytes, secrets: list[str]) -> None:
    with pytest.raises(BadSignature):
        read_event(headers, body, secrets)


def test_ping_of_a_new_webhook_is_no_event() -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert read_event(headers, b"webhook_id=142", ["s3cret"]) is None


@pytest.mark.parametrize("topic", ["product.updated", "customer.created", "action.woocommerce_add_to_cart"])
def test_event_of_anything_else_is_of_no_concern(topic: str) -> None:
    assert read_event(delivered(BODY, topic=topic), BODY, ["s3cret"]) is None


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"id": null}', b'{"id": true}', b"no json"])
def test_signed_nonsense_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_event(delivered(body), body, ["s3cret"])
