"""Shopify's webhooks: signed with the app's client secret over the body as it came.

https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from bot.store.events import BadSignature, StoreEvent
from bot.store.shopify.ids import gid

# A delivery that fails is tried again for four hours with the time of the first; what is much older is a replay.
OLDEST = timedelta(days=1)


def read_event(headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> StoreEvent | None:
    """See ``bot.store.events.ReadEvent``. Any topic that names an order is an event of that order."""
    _check(headers.get("x-shopify-hmac-sha256", ""), body, secrets)
    _check_age(headers.get("x-shopify-triggered-at", ""))
    topic = headers.get("x-shopify-topic", "")
    try:
        content = dict(json.loads(body))
    except (TypeError, ValueError) as problem:
        raise ValueError("a webhook of Shopify's is a JSON object") from problem
    order_id = _order_id(topic, content)
    return StoreEvent(order_id=order_id, topic=topic) if order_id else None


def _order_id(topic: str, content: dict[str, Any]) -> str | None:
    """Orders have their own id; fulfillments, their events and refunds name their order, and returns hold it."""
    family = topic.partition("/")[0]
    if family == "orders":
        found = content.get("admin_graphql_api_id") or content.get("id")
    elif family in {"fulfillments", "fulfillment_events", "refunds", "order_transactions"}:
        found = content.get("order_id")
    elif family == "returns":
        order = content.get("order")
        found = (order.get("admin_graphql_api_id") or order.get("id")) if isinstance(order, dict) else None
        found = found or content.get("order_id")
    else:
        return None
    order_id = gid("Order", str(found))
    if order_id is None and topic != "orders/delete":
        raise ValueError(f"{family} without an order")
    return order_id


def _check(signature: str, body: bytes, secrets: Sequence[str]) -> None:
    try:
        given = base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        given = b""
    fitting = [hmac.compare_digest(given, hmac.digest(secret.encode(), body, hashlib.sha256)) for secret in secrets]
    if not any(fitting):
        raise BadSignature


def _check_age(triggered_at: str) -> None:
    if not triggered_at:
        return
    try:
        at = datetime.fromisoformat(triggered_at[:19]).replace(tzinfo=timezone.utc)
    except ValueError as problem:
        raise ValueError("the time of a webhook cannot be read") from problem
    if datetime.now(timezone.utc) - at > OLDEST:
        raise BadSignature
