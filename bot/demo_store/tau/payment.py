"""A user's payment methods: gift cards have a balance, cards and PayPal have none."""

from __future__ import annotations

from bot.demo_store.books import Document
from bot.store.errors import Invalid, NotAllowed


def method_of(user: Document, method_id: str) -> Document:
    """Raises ``Invalid`` when the user has no such method."""
    method: Document | None = user["payment_methods"].get(method_id)
    if method is None:
        raise Invalid("payment_method_id")
    return method


def method_for_difference(user: Document, method_id: str, difference: float) -> Document:
    """The method that pays ``difference`` (negative: is refunded); raises ``NotAllowed`` if it cannot."""
    method = method_of(user, method_id)
    if method["source"] == "gift_card" and method["balance"] < difference:
        raise NotAllowed("insufficient_balance")
    return method


def method_for_refund(user: Document, order: Document, method_id: str) -> Document:
    """Refunds go to a gift card or where the order was paid from; raises ``NotAllowed`` for anything else."""
    method = method_of(user, method_id)
    if method["source"] != "gift_card" and method_id != order["payment_history"][0]["payment_method_id"]:
        raise NotAllowed("refund_to_original_or_gift_card")
    return method


def gift_card_of(user: Document) -> str:
    """The id of a gift card for store credit; raises ``NotAllowed`` when the user has none."""
    for method_id, method in user["payment_methods"].items():
        if method["source"] == "gift_card":
            return str(method_id)
    raise NotAllowed("no_gift_card")
