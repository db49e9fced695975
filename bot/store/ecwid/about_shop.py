"""What a shop on Ecwid should know before Ramah works with it: sentences for ``ramah store check``."""

from __future__ import annotations

from collections.abc import Mapping

from bot.store.ecwid.documents import OrderStatuses
from bot.store.ecwid.states import CUSTOM
from bot.store.models import OrderState

LIMITS = (
    "Ecwid has no returns: a request is kept as an extra field and a line in the order's private notes.",
    "Ecwid pays nothing back by itself: staff make the refund of a cancelled order.",
    "Ecwid does not say when an order was delivered.",
)


def unexplained(statuses: OrderStatuses, custom: Mapping[str, OrderState]) -> list[str]:
    """One sentence for each fulfilment status of the shop's own that is in use and not among its options."""
    return [
        f"Orders in the status {status.name or status.statusId!r} count as packed; the option "
        f"{status.statusId.lower()} says otherwise."
        for status in statuses.items
        if status.enabled and status.statusId in CUSTOM and status.statusId not in custom
    ]
