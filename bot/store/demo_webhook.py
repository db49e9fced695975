"""The demo store's webhooks, signed as many platforms sign theirs: HMAC-SHA256 over "timestamp.body"."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConstrainedStr, ValidationError

from bot.store.events import BadSignature, StoreEvent

TIMESTAMP, SIGNATURE = "x-ramah-timestamp", "x-ramah-signature"
VERSION = "v1="
OLDEST = 300  # seconds; also into the future, for clocks that differ


class _OrderId(ConstrainedStr):
    min_length = 1
    max_length = 200


class _Body(BaseModel):
    id: str  # of the event, the same for each delivery
    topic: str
    order_id: _OrderId | None = None


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """The value of ``X-Ramah-Signature`` for ``body`` sent at ``timestamp`` (seconds since 1970)."""
    signed = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return VERSION + signed.hexdigest()


def signed_headers(secret: str, body: bytes, at: float | None = None) -> dict[str, str]:
    """The headers that a webhook needs."""
    timestamp = int(time.time() if at is None else at)
    return {TIMESTAMP: str(timestamp), SIGNATURE: signature(secret, timestamp, body)}


def read_event(headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> StoreEvent | None:
    """``ReadEvent`` of the demo store."""
    given, timestamp = headers.get(SIGNATURE, ""), headers.get(TIMESTAMP, "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise BadSignature
    fits = [
        hmac.compare_digest(given.encode("utf-8", "replace"), signature(secret, int(timestamp), body).encode())
        for secret in secrets
    ]
    if not any(fits) or abs(time.time() - int(timestamp)) > OLDEST:
        raise BadSignature
    try:
        told = _Body.parse_obj(json.loads(body))
    except (ValidationError, UnicodeDecodeError) as wrong:
        raise ValueError("not an event of the demo store") from wrong
    return StoreEvent(order_id=told.order_id, topic=told.topic) if told.order_id else None
