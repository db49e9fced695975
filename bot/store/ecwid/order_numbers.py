"""From what a shopper types to the orders that may be meant, exactly."""

from __future__ import annotations

import unicodedata

from bot.store.ecwid.documents import EcwidOrder
from bot.store.proof_match import letters_and_digits, same_number

LONGEST = 64
UNFINISHED = "INCOMPLETE"  # somebody left the checkout: no order yet


def asked_ids(number: str) -> list[str]:
    """What to look for; empty when no order can have such a number. An id may hold a prefix and a suffix of the
    shop's own, and nobody says whether Ecwid minds their case."""
    plain = unicodedata.normalize("NFKC", number)
    text = "".join(character for character in plain if character.isalnum() or character in "-_./#").lstrip("#")
    if not letters_and_digits(text) or len(text) > LONGEST:
        return []
    return list(dict.fromkeys([text, text.upper(), text.lower()]))


def is_meant(order: EcwidOrder, number: str) -> bool:
    """Ecwid's search also finds by prefix, suffix and internal id; here only the whole number counts: the id that
    shoppers see, or in old shops the order number."""
    names = (order.id, order.vendorOrderNumber, None if order.orderNumber is None else str(order.orderNumber))
    return is_order(order) and any(same_number(name, number) for name in names if name)


def is_order(order: EcwidOrder) -> bool:
    return order.paymentStatus != UNFINISHED
