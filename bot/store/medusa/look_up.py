"""From a number and a proof to an order: Medusa's search is loose, so both are compared here, exactly."""

from __future__ import annotations

import asyncio
import re
import time
from decimal import Decimal

from bot.store.connection import Query
from bot.store.errors import NotFound
from bot.store.medusa import fields
from bot.store.medusa.address_view import address_view
from bot.store.medusa.door import AdminApi
from bot.store.medusa.raw_order import RawCustomer, RawFound, RawFoundPage
from bot.store.models import Customer, Order, OrderState, Proof
from bot.store.money import Money
from bot.store.proof_match import fits, same_number

PAGE = 100
MOST_PAGES = 10
LONGEST_NUMBER = 40
SLOWEST_REFUSAL = 0.5  # seconds; a refusal never comes sooner, so that a hit of the search cannot be told by its time
NOTHING = Money(amount=Decimal(0), currency="XXX")


async def find_id(api: AdminApi, number: str, proof: Proof) -> str:
    """The id of the order with exactly that number, if the proof fits it exactly.

    Only the number goes into the search: an address is no place for a proof.

    Raises:
        NotFound: no such number, or the proof does not fit; both after the same requests.
    """
    refused_at = time.monotonic() + SLOWEST_REFUSAL
    found = await _with_number(api, number)
    if found is not None and fits(_enough_of(found), proof):
        return found.id
    await asyncio.sleep(max(0.0, refused_at - time.monotonic()))
    raise NotFound


async def _with_number(api: AdminApi, number: str) -> RawFound | None:
    """Medusa finds the digits anywhere in orders, so short numbers have many hits; they come by their number."""
    words = re.sub(r"^\W+|\W+$", "", number.strip())
    if not words or len(words) > LONGEST_NUMBER or re.search(r"\s", words):
        words = re.sub(r"\s", "", words)[:LONGEST_NUMBER]
    if not words:
        return None
    found: RawFound | None = None
    for page in range(MOST_PAGES):
        query: Query = {
            "q": words,
            "order": "display_id",
            "limit": PAGE,
            "offset": page * PAGE,
            "fields": fields.PROOF,
        }
        answer = await api.get("/admin/orders", RawFoundPage, query)
        for each in answer.orders:
            if same_number(each.custom_display_id or str(each.display_id), number):
                found = each
        past = words.isdecimal() and bool(answer.orders) and answer.orders[-1].display_id >= int(words)
        if past or (page + 1) * PAGE >= answer.count:
            break
    return found


def _enough_of(found: RawFound) -> Order:
    """As much of an order as a proof is compared with."""
    customer = found.customer or RawCustomer()
    address = address_view(found.shipping_address)
    return Order(
        id=found.id,
        number=str(found.display_id),
        state=OrderState.unpaid,
        customer=Customer(email=found.email or "", phone=customer.phone or address.phone),
        shipping_address=address,
        lines=[],
        shipping=NOTHING,
        discount=NOTHING,
        total=NOTHING,
    )
