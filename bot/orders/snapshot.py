"""The order as it was seen at one moment, as plain JSON, and what has changed since."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from pydantic.json import pydantic_encoder

from bot.orders.mask import mask_address, mask_email, mask_name, mask_phone
from bot.orders.verdict import JobData
from bot.store.models import Order


class Difference(JobData):
    """``path`` in the order: "shipping_address.postcode", "lines.l_1.quantity"; ``None``: was or is not there."""

    path: str
    then: Any
    now: Any


def snapshot_of(order: Order, now: datetime, *, masked: bool = True) -> dict[str, Any]:
    """``{"seen_at": ISO 8601 UTC, "masked", "order"}``; the order in ``bot.store.models.Order``'s fields.

    Masked, it holds no email, phone number, full name or street.
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
    return {"seen_at": seen_at, "masked": masked, "order": body}


def differences(then: dict[str, Any], order: Order) -> list[Difference]:
    """What an earlier snapshot and the order of today tell differently.

    Against a masked snapshot, a change inside what is masked does not show.
    """
    now = snapshot_of(order, datetime.now(timezone.utc), masked=bool(then["masked"]))
    before, after = _flat(then["order"]), _flat(now["order"])
    paths = dict.fromkeys([*before, *after])
    return [
        Difference(path=path, then=before.get(path), now=after.get(path))
        for path in paths
        if before.get(path) != after.get(path)
    ]


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
