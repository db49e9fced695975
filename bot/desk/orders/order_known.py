"""Which orders an agent may take up in a conversation, and how one is found by what it is called."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.desk.shoppers.shopper import Shopper
from bot.orders.order_number import number_candidates, number_core
from bot.orders.policy import Policy
from bot.orders.proof_text import read_proof
from bot.store.api import OrderApi
from bot.store.errors import NotFound
from bot.store.models import Order

MOST = 20  # orders of one customer that are shown


@dataclass(frozen=True)
class FoundOrder:
    """``known``: one of the shopper's; else the agent named it, which is a look at somebody's data."""

    order: Order
    known: bool


async def orders_of_shopper(api: OrderApi, shopper: Shopper) -> list[Order]:
    """The customer's orders, and those proved, vouched for or spoken of in this conversation; newest first.

    Raises ``bot.store.errors.StoreError``.
    """
    named = (*shopper.proved_orders, *shopper.vouched_orders, *shopper.seen_orders)
    theirs = await asyncio.gather(*(_orders_of(api, customer) for customer in shopper.customers))
    found = {order.id: order for orders in theirs for order in orders}
    singly = await asyncio.gather(*(_get(api, order_id) for order_id in named if order_id not in found))
    found |= {order.id: order for order in singly if order is not None}
    return sorted(found.values(), key=lambda order: (order.placed_at is not None, order.placed_at), reverse=True)


async def find_order(
    api: OrderApi, policy: Policy, shopper: Shopper, wanted: str, proof: str = ""
) -> FoundOrder | None:
    """The order that ``wanted`` (its id or number) means.

    One that is not known here is found by its number with ``proof`` (an email, phone number or postcode that the agent
    has), or with an address that the shopper left: stores give no order for a number alone.

    Raises ``bot.store.errors.StoreError``.
    """
    core = number_core(wanted)
    for order in await orders_of_shopper(api, shopper):
        if order.id == wanted or (core and number_core(order.number) == core):
            return FoundOrder(order, known=True)
    typed = [text for text in (proof, shopper.email, shopper.contact_email) if text]
    proofs = [each for text in typed for each in read_proof(text, policy)]
    for number in number_candidates(wanted, policy) if core else []:
        for each in proofs:
            try:
                return FoundOrder(await api.find_order(number, each), known=False)
            except NotFound:
                continue
    return None


async def order_by_id(api: OrderApi, shopper: Shopper, order_id: str) -> FoundOrder | None:
    """The order of a store's id. Raises ``bot.store.errors.StoreError``."""
    order = await _get(api, order_id)
    if order is None:
        return None
    named = (*shopper.proved_orders, *shopper.vouched_orders, *shopper.seen_orders)
    theirs = order.customer.id is not None and order.customer.id in shopper.customers
    return FoundOrder(order, known=theirs or order.id in named)


async def _orders_of(api: OrderApi, customer_id: str) -> list[Order]:
    try:
        return await api.orders_of(customer_id, MOST)
    except NotFound:
        return []


async def _get(api: OrderApi, order_id: str) -> Order | None:
    try:
        return await api.get_order(order_id)
    except NotFound:
        return None
