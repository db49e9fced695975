"""Sends an order somewhere else, inside its country and before it is packed."""

from __future__ import annotations

from bot.store import postal_check
from bot.store.errors import Invalid
from bot.store.medusa.address_view import KEY, raw_address
from bot.store.medusa.answers import Refused
from bot.store.medusa.door import AdminApi, order_path
from bot.store.medusa.rules import still_here
from bot.store.models import Address, Order


async def change_address(api: AdminApi, order_id: str, address: Address, key: str) -> Order:
    raw = await api.order(order_id)
    order = await api.view(raw)
    still_here(order)
    accepted = address.copy(update={"country": address.country.upper()})
    postal_check.check(accepted)
    if raw.shipping_address and accepted.country != order.shipping_address.country:
        raise Invalid("country")  # Medusa: "Country code cannot be changed" (its taxes and carriers hang on it)
    try:
        changed = await api.post_order(order_path(order_id), {"shipping_address": raw_address(accepted, key)}, key=key)
    except Refused:
        still_here(await api.view(await api.order(order_id)))  # somebody was quicker
        raise
    return await api.view(changed)


async def address_changed(api: AdminApi, order_id: str, key: str) -> Order | None:
    """The order, if the write under this key took effect."""
    raw = await api.order(order_id)
    mine = raw.shipping_address is not None and raw.shipping_address.metadata.get(KEY) == key
    return await api.view(raw) if mine else None
