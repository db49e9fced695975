"""Medusa's search finds a number anywhere in anybody's order; the adapter shows only the one that was proved."""

from __future__ import annotations

import pytest

from bot.store.errors import NotFound
from bot.store.medusa.store import MedusaStore
from bot.store.models import Proof, ProofKind
from tests.store.medusa.shopper import Shopper

pytestmark = pytest.mark.medusa


async def test_search_is_loose_and_the_adapter_is_not(store: MedusaStore, shopper: Shopper) -> None:
    mine = await shopper.place()
    number = str(mine["display_id"])
    others = await shopper.place(phone=f"+1512555{number.zfill(4)}", address_1=f"{number} Elm St")
    hits = (await shopper.admin("GET", f"/orders?q={number}&fields=id&limit=100"))["orders"]
    assert {mine["id"], others["id"]} <= {hit["id"] for hit in hits}
    found = await store.find_order(number, Proof(kind=ProofKind.email, value=mine["email"]))
    assert (found.id, found.number) == (mine["id"], number)
    with pytest.raises(NotFound):
        await store.find_order(number, Proof(kind=ProofKind.email, value=others["email"]))
    with pytest.raises(NotFound):
        await store.find_order(f"{number} Elm", Proof(kind=ProofKind.email, value=others["email"]))


async def test_phone_of_the_address_proves_an_order_however_it_is_typed(store: MedusaStore, shopper: Shopper) -> None:
    order = await shopper.place(phone="+15125550123")
    for typed in ("(512) 555-0123", "512.555.0123", "+1 512 555 0123"):
        found = await store.find_order(str(order["display_id"]), Proof(kind=ProofKind.phone, value=typed))
        assert found.id == order["id"]
    with pytest.raises(NotFound):
        await store.find_order(str(order["display_id"]), Proof(kind=ProofKind.phone, value="512 555 012"))


async def test_orders_of_a_customer_are_theirs_alone_and_the_newest_comes_first(
    store: MedusaStore, shopper: Shopper
) -> None:
    order = await shopper.place()
    await shopper.place()
    customer = (await shopper.admin("GET", f"/orders/{order['id']}?fields=customer_id"))["order"]["customer_id"]
    assert [each.id for each in await store.orders_of(customer)] == [order["id"]]
    assert await store.orders_of("") == []
