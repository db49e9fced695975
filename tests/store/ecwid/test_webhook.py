"""Ecwid's webhooks, as in https://docs.ecwid.com/webhook-automations/learn-ecwid-webhooks/event-data-in-webhooks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time

import pytest

from bot.store.ecwid.webhook import SIGNATURE, read_event
from bot.store.events import BadSignature, StoreEvent

SECRET = "abcde123456789"


def event(**given: object) -> bytes:
    body = {
        "eventId": "80aece08-40e8-4145-8764-6c2f0d38678",
        "eventCreated": int(time.time()),
        "storeId": 1003,
        "entityId": 450012387,
        "eventType": "order.updated",
        "data": {"orderId": "B8HGD", "oldFulfillmentStatus": "PROCESSING", "newFulfillmentStatus": "SHIPPED"},
    }
    return json.dumps({**body, **given}).encode()


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    told = json.loads(body)
    text = f"{told['eventCreated']}.{told['eventId']}".encode()
    return {SIGNATURE: base64.b64encode(hmac.new(secret.encode(), text, hashlib.sha256).digest()).decode()}


@pytest.mark.parametrize("topic", ["order.created", "order.updated", "order.deleted"])
def test_changed_order_is_to_be_looked_at_again(topic: str) -> None:
    body = event(eventType=topic)
    assert read_event(signed(body), body, [SECRET]) == StoreEvent(order_id="B8HGD", topic=topic)


def test_signature_is_the_one_of_the_documents() -> None:
    """Base64 of HMAC-SHA256 over "eventCreated.eventId", worked out by hand once."""
    text = b"1234567.123456-1234-1234-1234-123412341234"
    digest = hmac.new(b"key", text, "sha256").digest()
    body = event(eventId="123456-1234-1234-1234-123412341234", eventCreated=1234567)
    assert signed(body, "key") == {SIGNATURE: base64.b64encode(digest).decode()}


def test_two_secrets_are_good_while_one_is_replaced() -> None:
    body = event()
    for secret in ("old", "new"):
        assert read_event(signed(body, secret), body, ["old", "new"]) is not None


@pytest.mark.parametrize(
    "headers", [{}, {SIGNATURE: ""}, {SIGNATURE: "é"}, {SIGNATURE: "MeV28XtFal4HCkYFvdilwckJinc="}]
)
def test_without_the_right_signature_nothing_is_read(headers: dict[str, str]) -> None:
    with pytest.raises(BadSignature):
        read_event(headers, event(), [SECRET])


@pytest.mark.parametrize("secrets", [[], ["another"], [""]])
def test_nobody_elses_secret_fits(secrets: list[str]) -> None:
    body = event()
    with pytest.raises(BadSignature):
        read_event(signed(body), body, secrets)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"eventId": "1"}', b"[" * 100_000])
def test_body_without_anything_signed_is_refused(body: bytes) -> None:
    with pytest.raises(BadSignature):
        read_event({SIGNATURE: "x"}, body, [SECRET])


@pytest.mark.parametrize("age", [26 * 3600, -3600])
def test_event_of_another_day_is_refused(age: int) -> None:
    body = event(eventCreated=int(time.time()) - age)
    with pytest.raises(BadSignature):
        read_event(signed(body), body, [SECRET])


def test_delivery_that_ecwid_repeats_for_a_day_is_taken() -> None:
    body = event(eventCreated=int(time.time()) - 24 * 3600)
    assert read_event(signed(body), body, [SECRET]) is not None


@pytest.mark.parametrize("topic", ["product.updated", "unfinished_order.created", "application.installed", "orders"])
def test_other_topics_are_of_no_concern(topic: str) -> None:
    body = event(eventType=topic, data={})
    assert read_event(signed(body), body, [SECRET]) is None


def test_order_that_is_not_signed_can_be_swapped_and_is_only_ever_looked_at() -> None:
    """What Ecwid does not sign is not believed: the event says "look at this order again" and no more."""
    genuine = event()
    swapped = event(eventCreated=json.loads(genuine)["eventCreated"], data={"orderId": "OTHER"})
    seen = read_event(signed(genuine), swapped, [SECRET])
    assert seen is not None
    assert set(seen.dict()) == {"order_id", "topic"}


def test_old_shop_names_the_order_by_its_number() -> None:
    body = event(entityId=103, data={})
    seen = read_event(signed(body), body, [SECRET])
    assert seen is not None
    assert seen.order_id == "103"


def test_signed_nonsense_is_not_taken_for_a_bad_signature() -> None:
    body = event(eventType=None)
    with pytest.raises(ValueError):  # noqa: PT011 - pydantic words it
        read_event(signed(body), body, [SECRET])
