"""Where an order goes: it can change until the first parcel has left."""

from __future__ import annotations

from bot.demo_store.books import Books
from bot.demo_store.ramah import book
from bot.store import postal_check
from bot.store.models import Address, Order


def change_address(books: Books, order_id: str, address: Address) -> Order:
    order = book.read(books, order_id)
    book.still_here(order)
    accepted = address.copy(update={"country": address.country.upper()})
    postal_check.check(accepted)
    return book.write(books, order.copy(update={"shipping_address": accepted}))
