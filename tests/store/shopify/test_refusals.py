"""What the API says no to, and what a shop's engineer reads of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store.errors import NotFound, NotSupported, RateLimited, Unavailable
from bot.store.models import Ability, CaseItem, CaseKind, CaseRequest, Proof, ProofKind
from bot.store.shopify.settings import Settings
from bot.store.shopify.store import ShopifyStore
from tests.store.fault_proxy import canned, fault_proxy
from tests.store.platform import PATIENT
from tests.store.shopify.conftest import Open
from tests.store.shopify.orders_made import stamp
from tests.store.shopify.platform import connect, is_write
from tests.store.shopify.server import ShopifyServer
from tests.store.shopify.shop import Shop


async def test_used_up_points_say_how_long_they_take_to_come_back(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("shipped")
    await store.get_order(order["id"])
    shop.available, shop.restored = 100.0, 50.0
    with pytest.raises(RateLimited) as busy:
        await store.get_order(order["id"])
    asked = shop.seen[-1]["query"]
    assert asked.startswith("query Order(")
    assert 9 < busy.value.retry_after < 12  # 617 points asked, 100 there, 50 a second
    assert len([each for each in shop.seen if each["query"] == asked]) == 2  # not tried again


async def test_wrong_token_is_said_once_and_plainly(shop: Shop, open_store: Open) -> None:
    store = open_store(token="shpat_wrong")
    with pytest.raises(Unavailable, match="access token"):
        await store.capabilities()
    assert shop.seen == []


@pytest.mark.parametrize(("status", "word"), [(402, "frozen"), (403, "permission"), (423, "locked")])
async def test_shop_that_is_closed_to_us_says_why(
    server: ShopifyServer, tmp_path_factory: pytest.TempPathFactory, status: int, word: str
) -> None:
    async with fault_proxy(server.url, is_write) as proxy:
        store = connect(proxy.url, PATIENT, tmp_path_factory.mktemp("state"))
        proxy.then(canned(status, '{"errors": "no"}'))
        with pytest.raises(Unavailable, match=word):
            await store.capabilities()
        assert proxy.requests == 1
        await store.close()


async def test_missing_scope_is_not_an_error_inside_shopify(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("shipped")
    await store.capabilities()
    shop.scopes -= {"read_orders", "write_orders"}  # taken away while the adapter remembers them
    with pytest.raises(Unavailable, match="scope"):
        await store.get_order(order["id"])


async def test_scopes_decide_what_can_be_done(shop: Shop, open_store: Open) -> None:
    shop.scopes = {"read_orders"}
    store = open_store()
    assert await store.capabilities() == {Ability.find_by_proof, Ability.list_orders, Ability.tracking}
    order = shop.add_order("delivered")
    seen = await store.get_order(order["id"])  # without returns, the buyer's record and the catalogue
    assert (seen.customer.id, seen.customer.name, seen.cases) == (None, "Aisyah Rahman", [])
    request = CaseRequest(kind=CaseKind.return_, items=[CaseItem(line_id=seen.lines[0].id, quantity=1)])
    with pytest.raises(NotSupported):
        await store.open_case(order["id"], request, key="no-scope")
    assert any("write_returns" in note for note in await store.notes())


async def test_scopes_are_asked_for_once(shop: Shop, store: ShopifyStore) -> None:
    order = shop.add_order("shipped")
    for _ in range(3):
        await store.capabilities()
        await store.get_order(order["id"])
    assert len([each for each in shop.seen if "Scopes" in each["query"]]) == 1


async def test_without_leave_nothing_is_paid_back_and_nothing_recorded(shop: Shop, open_store: Open) -> None:
    store = open_store(Settings())
    order = shop.add_order("unshipped")
    abilities = await store.capabilities()
    assert not abilities & {Ability.cancel, Ability.replacement, Ability.lost_parcel, Ability.missing_item}
    with pytest.raises(NotSupported):
        await store.cancel(order["id"], "other", key="not-allowed")
    with pytest.raises(NotSupported):
        await store.open_case(order["id"], CaseRequest(kind=CaseKind.lost_parcel), key="not-recorded")
    assert order["cancelledAt"] is None
    assert [each for each in shop.seen if each["query"].startswith("mutation")] == []
    told = " ".join(await store.notes())
    assert "refunds" in told
    assert "cases" in told


async def test_order_of_more_than_sixty_days_is_there_only_with_the_scope(shop: Shop, open_store: Open) -> None:
    order = shop.add_order("delivered")
    order["createdAt"] = stamp(shop.now() - timedelta(days=61))
    proof = Proof(kind=ProofKind.email, value=order["email"])
    assert (await open_store().find_order(order["name"], proof)).number == order["name"].removeprefix("#")
    shop.scopes.remove("read_all_orders")
    without = open_store()
    with pytest.raises(NotFound):
        await without.find_order(order["name"], proof)
    with pytest.raises(NotFound):
        await without.get_order(order["id"])
    assert any("60 days" in note for note in await without.notes())
