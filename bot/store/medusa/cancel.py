"""Cancels a whole order; Medusa itself pays back what was captured and lets go of what was only authorised."""

from __future__ import annotations

from bot.store.connection import already_begun
from bot.store.errors import Invalid, NotAllowed
from bot.store.medusa.answers import Refused
from bot.store.medusa.door import AdminApi, order_path
from bot.store.medusa.rules import still_here
from bot.store.models import Order

LONGEST_REASON = 200
MARK = "ramah_cancel"  # in the order's metadata: {"key", "reason"}; Medusa has no place for a reason


async def cancel(api: AdminApi, order_id: str, reason: str, key: str) -> Order:
    raw = await api.order(order_id)
    still_here(await api.view(raw))
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid("reason")
    # A cancelled order takes no more metadata, so who cancels it is written down first. Medusa keeps other metadata.
    path = order_path(order_id)
    await api.post(path, {"metadata": {MARK: {"key": key, "reason": reason}}}, key=key)
    with already_begun(key):
        try:
            return await api.view(await api.post_order(f"{path}/cancel", {}, key=key))
        except Refused as refusal:
            still_here(await api.view(await api.order(order_id)))  # somebody was quicker
            raise NotAllowed("not_in_this_state") from refusal  # one that staff have completed


async def cancelled(api: AdminApi, order_id: str, key: str) -> Order | None:
    """The order, if the write under this key took effect."""
    raw = await api.order(order_id)
    mark = raw.metadata.get(MARK)
    mine = isinstance(mark, dict) and mark.get("key") == key and raw.status == "canceled"
    return await api.view(raw) if mine else None
