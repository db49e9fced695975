"""Which order a card shows: said by whoever made the card, kept beside it, never shown to the shopper's page."""

from __future__ import annotations

from typing import Any

ORDER = "order"
_ID = "order_id"


def card_and_order(card: dict[str, Any] | None) -> tuple[dict[str, Any] | None, str | None]:
    """The card as a page may see it, and the id of the order that it shows."""
    if card is None or card.get("type") != ORDER:
        return card, None
    order_id = card.get(_ID)
    return {key: value for key, value in card.items() if key != _ID}, str(order_id) if order_id else None
