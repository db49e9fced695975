"""What stands before and around WooCommerce answers too: WordPress, plugins, firewalls, hosts."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from bot.store.answers import Misunderstood, Nonsense, Passing
from bot.store.errors import Conflict, Invalid, NotFound, OutcomeUnknown, RateLimited, Unavailable
from bot.store.woocommerce.documents import Listed, Meta
from bot.store.woocommerce.refusals import check
from bot.store.woocommerce.store import WooStore
from tests.store.fault_proxy import canned, fault_proxy
from tests.store.platform import PATIENT
from tests.store.woocommerce.conftest import OpenStore
from tests.store.woocommerce.server import KEY, WooServer
from tests.store.woocommerce.shop import Shop

# Pages: REST API docs, "Errors"; WordPress: wp_die, wp_maintenance, WP_REST_Server.
MAINTENANCE = "<p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>"
CRITICAL = "<p>There has been a critical error on this website.</p>"
ANSWERS = [
    (401, '{"code":"woocommerce_rest_authentication_error","message":"","data":{"status":401}}', Unavailable),
    (403, '{"code":"woocommerce_rest_cannot_view","message":"","data":{"status":403}}', Unavailable),
    (403, "<html>Access denied by the firewall</html>", Unavailable),
    (404, '{"code":"woocommerce_rest_shop_order_invalid_id","message":"","data":{"status":404}}', NotFound),
    (400, '{"code":"woocommerce_rest_shop_order_invalid_id","message":"","data":{"status":400}}', NotFound),
    (404, '{"code":"woocommerce_rest_data_invalid_location","message":"","data":{"status":404}}', Invalid),
    (404, '{"code":"rest_no_route","message":"","data":{"status":404}}', Misunderstood),
    (404, "<html>Not found</html>", Nonsense),
    (400, '{"code":"rest_invalid_param","message":"","data":{"status":400,"params":{"status":""}}}', Misunderstood),
    (400, "<html>Bad request</html>", Nonsense),
    (429, "<html>Slow down</html>", RateLimited),
    (301, "", Misunderstood),
    (500, CRITICAL, Nonsense),
    (503, MAINTENANCE, Passing),
    (503, "<html>upstream</html>", Nonsense),
    (502, "", Nonsense),
]


@pytest.mark.parametrize(
    ("status", "body", "error"), ANSWERS, ids=[f"{each[0]}-{each[2].__name__}" for each in ANSWERS]
)
def test_answer_is_what_it_stands_for(status: int, body: str, error: type[Exception]) -> None:
    headers = {"location": "https://www.example.com/"} if status == 301 else {}
    with pytest.raises(error) as refused:
        check(httpx.Response(status, text=body, headers=headers))
    assert type(refused.value) is error


def test_wrong_parameters_are_named_but_never_their_values() -> None:
    body = '{"code":"rest_invalid_param","message":"x","data":{"status":400,"params":{"shipping":"a@example.com"}}}'
    with pytest.raises(Misunderstood, match="shipping") as refused:
        check(httpx.Response(400, text=body))
    assert "example.com" not in str(refused.value)


async def test_update_of_wordpress_during_a_write_did_nothing(
    open_store: OpenStore, server: WooServer, shop: Shop
) -> None:
    order = shop.add_order()
    async with fault_proxy(server.url) as proxy:
        store = open_store(proxy.url)
        proxy.then_write(canned(503, MAINTENANCE, "Retry-After: 600"))
        with pytest.raises(Unavailable):
            await store.cancel(str(order["id"]), "changed_mind", key="k")
        proxy.then_write(canned(500, CRITICAL))
        with pytest.raises(OutcomeUnknown):
            await store.cancel(str(order["id"]), "changed_mind", key="k")
    assert order["status"] == "processing"


async def test_key_that_may_only_read_says_so_and_writes_nothing(
    store: WooStore, server: WooServer, shop: Shop
) -> None:
    order = shop.add_order()
    server.permissions = "read"
    await store.try_key()
    with pytest.raises(Unavailable, match="woocommerce_rest_authentication_error"):
        await store.cancel(str(order["id"]), "changed_mind", key="k")
    assert order["status"] == "processing"


async def test_wrong_secret_and_unknown_key_are_refused(server: WooServer, tmp_path: Path) -> None:
    for key in ((KEY, "cs_wrong"), ("ck_unknown", "cs_wrong")):
        store = WooStore(server.url, key, tmp_path, patience=PATIENT)
        with pytest.raises(Unavailable, match="does not accept our key"):
            await store.try_key()
        await store.close()


async def test_wordpress_without_woocommerce_is_told_as_such(open_store: OpenStore, server: WooServer) -> None:
    elsewhere = open_store(f"{server.url}/blog")
    with pytest.raises(Unavailable, match="no WooCommerce REST API v3"):
        await elsewhere.try_key()


async def test_plugin_that_undoes_a_cancelling_is_not_believed(
    store: WooStore, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = shop.add_order()
    monkeypatch.setattr(shop, "set_status", lambda *_: None)
    with pytest.raises(Conflict):
        await store.cancel(str(order["id"]), "changed_mind", key="k")


def test_list_that_php_wrote_as_an_object_is_a_list() -> None:
    read = Listed[Meta].parse_raw('{"0": {"key": "a", "value": 1}, "2": {"key": "b", "value": null}}')
    assert [meta.key for meta in read.__root__] == ["a", "b"]
