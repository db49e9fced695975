"""What the subscriber sends is believed only with its signature, and only while it is fresh."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable

import pytest

from bot.store.events import BadSignature, StoreEvent
from bot.store.medusa.webhook import read_event

BODY = b'{"id": "evt_1", "topic": "shipment.created", "order_id": "order_1"}'


def signed(body: bytes, by: str = "new", at: float | None = None) -> dict[str, str]:
    timestamp = str(int(time.time() if at is None else at))
    signature = hmac.new(by.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"x-ramah-timestamp": timestamp, "x-ramah-signature": f"v1={signature}"}


@pytest.mark.parametrize("secret", ["old", "new"])
def test_either_of_two_secrets_is_good(secret: str) -> None:
    event = read_event(signed(BODY, secret), BODY, ["old", "new"])
    assert event == StoreEvent(order_id="order_1", topic="shipment.created")


@pytest.mark.parametrize(
    "headers",
    [
        dict,
        lambda: signed(BODY, "other"),
        lambda: signed(BODY.replace(b"order_1", b"order_2")),
        lambda: signed(BODY, at=time.time() - 400),
        lambda: signed(BODY, at=time.time() + 400),
        lambda: {**signed(BODY), "x-ramah-timestamp": "1"},
        lambda: {**signed(BODY), "x-ramah-signature": "v1=é"},
    ],
    ids=["none", "other secret", "other body", "old", "of the future", "other time", "no hexadecimal"],
)
def test_what_does_not_fit_is_refused(headers: Callable[[], dict[str, str]]) -> None:
    with pytest.raises(BadSignature):
        read_event(headers(), BODY, ["old", "new"])


def test_nothing_is_believed_without_a_secret() -> None:
    with pytest.raises(BadSignature):
        read_event(signed(BODY, ""), BODY, [])
    with pytest.raises(BadSignature):
        read_event(signed(BODY, ""), BODY, [""])


def test_signed_nonsense_is_an_error_and_an_event_of_no_order_is_nothing() -> None:
    with pytest.raises(ValueError, match="subscriber"):
        read_event(signed(b"[]"), b"[]", ["new"])
    ping = b'{"id": "evt_2", "topic": "ping"}'
    assert read_event(signed(ping), ping, ["new"]) is None
