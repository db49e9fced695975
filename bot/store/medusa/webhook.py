"""What the Medusa subscriber that comes with Ramah sends: Medusa itself has no webhooks.

Body: {"id", "topic", "order_id"}. Headers: X-Ramah-Timestamp (seconds since 1970) and X-Ramah-Signature, "v1=" and
the hexadecimal HMAC-SHA256 of "timestamp.body".
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from bot.store.events import BadSignature, StoreEvent
from bot.store.medusa.raw import Raw

OLDEST = 300.0  # seconds, and as much ahead for clocks that differ
VERSION = "v1="


class _Body(Raw):
    topic: str
    order_id: str = ""


def read_event(headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> StoreEvent | None:
    """See ``bot.store.events.ReadEvent``."""
    timestamp = headers.get("x-ramah-timestamp", "")
    if not _signed(timestamp, headers.get("x-ramah-signature", ""), body, secrets):
        raise BadSignature
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > OLDEST:
        raise BadSignature
    try:
        told = _Body.parse_raw(body, content_type="application/json")
    except ValidationError as problem:
        raise ValueError("signed, but not what the subscriber sends") from problem
    return StoreEvent(order_id=told.order_id, topic=told.topic) if told.order_id else None


def _signed(timestamp: str, given: str, body: bytes, secrets: Sequence[str]) -> bool:
    signed = timestamp.encode() + b"." + body
    expected = [VERSION + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets if secret]
    # All are compared, each in constant time.
    return any([hmac.compare_digest(given.encode(), each.encode()) for each in expected])
