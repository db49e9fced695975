"""WooCommerce's webhooks: signed with base64 HMAC-SHA256 of the raw body (class-wc-webhook.php, deliver)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence

from bot.store.events import BadSignature, StoreEvent

PING = re.compile(rb"webhook_id=[0-9]+")  # sent unsigned when a webhook is saved, to see whether we answer 200


def read_event(headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> StoreEvent | None:
    """See ``bot.store.events.ReadEvent``. No time is signed: an old delivery is as good as a new one, and harmless."""
    given = headers.get("x-wc-webhook-signature", "")
    if not given and PING.fullmatch(body):
        return None
    if not _signed(given, body, secrets):
        raise BadSignature
    topic = headers.get("x-wc-webhook-topic", "")
    if headers.get("x-wc-webhook-resource") != "order" or not topic.startswith("order."):
        return None
    order_id = _order_id(body)
    return StoreEvent(order_id=order_id, topic=topic)


def _signed(given: str, body: bytes, secrets: Sequence[str]) -> bool:
    fits = [hmac.compare_digest(given.encode(), _signature(secret, body)) for secret in secrets if secret]
    return any(fits)


def _signature(secret: str, body: bytes) -> bytes:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest())


def _order_id(body: bytes) -> str:
    """Raises ``ValueError``: no order is named."""
    payload = json.loads(body)
    order_id = payload.get("id") if isinstance(payload, dict) else None
    if isinstance(order_id, bool) or not str(order_id).isdecimal():
        raise ValueError("a WooCommerce webhook about an order names no order")
    return str(order_id)
