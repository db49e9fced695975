"""The order as it was seen at one moment, as plain JSON, and what has changed since."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from pydantic.json import pydantic_encoder

from bot.orders.mask import mask_address, mask_email, mask_name, mask_phone
from bot.orders.verdict import JobData
from bot.store.models import Order

HIDDEN = ("shipping_address", "customer")  # what masking hides something of


class Difference(JobData):
    """``path`` in the order: "shipping_address.postcode", "lines.l_1.quantity"; ``None``: was or is not there.

    A change inside what is masked has the whole part's path, "shipping_address", and there ``then`` may equal ``now``.
    """

    path: str
    then: Any
    now: Any


def snapshot_of(order: Order, now: datetime, *, masked: bool = True, pepper: str = "") -> dict[str, Any]:
    """``{"seen_at": ISO 8601 UTC, "masked", "order"}``; the order in ``bot.store.models.Order``'s fields.

    Masked, it holds no email, phone number, full name or street; with a ``pepper`` (``Settings.pepper``) it holds
    ``"digests"`` of these, by which ``differences`` finds out that they have changed.
    """
    shown = order
    if masked:
        customer = order.customer.copy(
            update={
                "name": mask_name(order.customer.name),
                "email": mask_email(order.customer.email),
                "phone": mask_phone(order.customer.phone),
            }
        )
        shown = order.copy(update={"customer": customer, "shipping_address": mask_address(order.shipping_address)})
    body: dict[str, Any] = json.loads(json.dumps(shown.dict(), default=_plain))
    seen_at = now.astimezone(timezone.utc).isoformat(timespec="seconds")
    snapshot: dict[str, Any] = {"seen_at": seen_at, "masked": masked, "order": body}
    if masked and pepper:
        snapshot["digests"] = {part: _digest(order, part, pepper) for part in HIDDEN}
    return snapshot


def differences(then: dict[str, Any], order: Order, *, pepper: str = "") -> list[Difference]:
    """What an earlier snapshot and the order of today tell differently.

    Against a masked snapshot, a change inside what is masked shows by its digest only: with the same ``pepper``.
    """
    now = snapshot_of(order, datetime.now(timezone.utc), masked=bool(then["masked"]))
    before, after = _flat(then["order"]), _flat(now["order"])
    paths = dict.fromkeys([*before, *after])
    told = [
        Difference(path=path, then=before.get(path), now=after.get(path))
        for path in paths
        if before.get(path) != after.get(path)
    ]
    digests = (then.get("digests") or {}) if pepper else {}
    hidden = [
        Difference(path=part, then=then["order"].get(part), now=now["order"].get(part))
        for part, digest in digests.items()
        if part in HIDDEN
        and not any(each.path.startswith(f"{part}.") for each in told)
        and not hmac.compare_digest(str(digest), _digest(order, part, pepper))
    ]
    return told + hidden


def _digest(order: Order, part: str, pepper: str) -> str:
    """Keyed, and with the order's id: nobody can try addresses, or see that two orders go to the same one."""
    content = json.dumps([order.id, part, getattr(order, part).dict()], sort_keys=True, ensure_ascii=False)
    return hmac.new(pepper.encode(), f"order-snapshot:{content}".encode(), hashlib.sha256).hexdigest()


def _plain(value: object) -> object:
    return format(value, "f") if isinstance(value, Decimal) else pydantic_encoder(value)


def _flat(value: Any, path: str = "") -> dict[str, Any]:
    """Leaves by path; list entries by their id where they have one, so that a new first line moves nothing."""
    if isinstance(value, list):
        value = {entry.get("id", at) if isinstance(entry, dict) else at: entry for at, entry in enumerate(value)}
    if not isinstance(value, dict):
        return {path: value}
    flat: dict[str, Any] = {}
    for key, entry in value.items():
        flat |= _flat(entry, f"{path}.{key}" if path else str(key))
    return flat
