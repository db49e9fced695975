"""Ecwid's webhooks (https://docs.ecwid.com/webhook-automations/setup-webhooks/how-to-process-webhooks).

The signature covers the event's time and id, and nothing else: not the store, not the type, not the order. Whoever
holds one genuine webhook can name any order with it until it is too old. So nothing of the body is believed but "look
at this order again", and the order is read from Ecwid itself.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ValidationError

from bot.store.events import BadSignature, StoreEvent

SIGNATURE = "x-ecwid-webhook-signature"
OLDEST = 25 * 3600.0  # seconds; Ecwid delivers again for 24 hours
AHEAD = 600.0  # seconds that clocks may differ
CONCERN = "order."  # order.created, order.updated, order.deleted; unfinished_order.* is somebody in the checkout


class _Data(BaseModel):
    orderId: str | None = None


class _Event(BaseModel):
    """``entityId`` is the order's internal id, which Ecwid's requests take too."""

    eventType: str
    entityId: str
    data: _Data = _Data()


class _Signed(BaseModel):
    eventId: str
    eventCreated: int  # seconds since 1970


def read_event(headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> StoreEvent | None:
    """``secrets``: the app's client_secret (not its token); see ``bot.store.events.ReadEvent``."""
    signed = _signed(body)
    _check_signature(headers.get(SIGNATURE, ""), f"{signed.eventCreated}.{signed.eventId}", secrets)
    if not -AHEAD <= time.time() - signed.eventCreated <= OLDEST:
        raise BadSignature("the event is too old")
    event = _Event.parse_raw(body)  # pydantic's ValidationError is a ValueError
    if not event.eventType.startswith(CONCERN):
        return None
    return StoreEvent(order_id=event.data.orderId or event.entityId, topic=event.eventType)


def _signed(body: bytes) -> _Signed:
    """What is signed must be read before it can be checked; all else is read afterwards."""
    try:
        return _Signed.parse_obj(json.loads(body))
    except (ValueError, ValidationError, RecursionError) as unreadable:
        raise BadSignature("there is nothing that a signature could be of") from unreadable


def _check_signature(given: str, text: str, secrets: Sequence[str]) -> None:
    right = False
    for secret in secrets:
        digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
        right |= hmac.compare_digest(base64.b64encode(digest), given.encode())
    if not right:
        raise BadSignature("no secret fits")
