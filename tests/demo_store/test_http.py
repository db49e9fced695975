"""The store's door: who may come in, and what it answers to what it does not understand."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.demo_store.process import RunningStore, start_demo_store

ADDRESS = {"name": "A", "line1": "1 Jalan Baru", "city": "Kajang", "postcode": "43000", "country": "MY"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    running = start_demo_store(tmp_path_factory.mktemp("http"))
    yield running
    running.stop()


@pytest.fixture
def client(store: RunningStore) -> Iterator[httpx.Client]:
    key = {"Authorization": f"Bearer {store.key}"}
    with httpx.Client(base_url=store.url, headers=key, trust_env=False) as opened:
        yield opened


@pytest.mark.parametrize("path", ["/health", "/openapi.json"])
def test_health_and_document_need_no_key(store: RunningStore, path: str) -> None:
    assert httpx.get(store.url + path, trust_env=False).status_code == 200


@pytest.mark.parametrize("given", [None, "Bearer wrong", "Bearer", "test-store-key", "Basic dGVzdA==", "Bearer é"])
@pytest.mark.parametrize("path", ["/v1/orders/ord_1060", "/v1/orders/no_such", "/v1/no/such/path"])
def test_without_the_key_everything_looks_the_same(store: RunningStore, given: str | None, path: str) -> None:
    headers = {} if given is None else {"Authorization": given.encode()}
    answer = httpx.get(store.url + path, headers=headers, trust_env=False)
    nothing = httpx.get(store.url + "/v1/capabilities", trust_env=False)
    assert (answer.status_code, answer.content) == (401, nothing.content)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b'{"name": 1}', b"\xff\xfe", b'{"line1": "\\ud800"}', b"[" * 5000, b"1e999"],
)
def test_body_that_is_no_address_is_a_bad_request(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/v1/orders/ord_1060/address", content=body, headers={"Idempotency-Key": "bad-body"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_text_that_is_no_unicode_is_a_bad_request(client: httpx.Client) -> None:
    body = b'{"name": "A", "line1": "\\ud800", "city": "K", "postcode": "43000", "country": "MY"}'
    answer = client.post("/v1/orders/ord_1060/address", content=body, headers={"Idempotency-Key": "surrogate"})
    assert answer.status_code == 400


def test_huge_body_is_refused(client: httpx.Client) -> None:
    body = {**ADDRESS, "line1": "x" * 120_000}
    answer = client.post("/v1/orders/ord_1060/address", json=body, headers={"Idempotency-Key": "huge"})
    assert answer.status_code == 400


@pytest.mark.parametrize("key", [None, "", "x" * 201, "a b", "é"])
def test_write_without_a_proper_key_is_refused(client: httpx.Client, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key.encode()}
    answer = client.post("/v1/orders/ord_1060/address", json=ADDRESS, headers=headers)
    assert answer.status_code == 400


@pytest.mark.parametrize("limit", ["0", "-1", "51", "x", "1.5", "٣"])
def test_limit_out_of_bounds_is_refused(client: httpx.Client, limit: str) -> None:
    assert client.get("/v1/customers/cus_siti/orders", params={"limit": limit}).status_code == 400


def test_signed_in_customer_sees_own_orders_newest_first(client: httpx.Client) -> None:
    orders = client.get("/v1/customers/cus_siti/orders", params={"limit": 3}).json()["orders"]
    assert {order["customer"]["id"] for order in orders} == {"cus_siti"}
    placed = [order["placed_at"] for order in orders]
    assert placed == sorted(placed, reverse=True)
    assert len(placed) == 3


def test_amounts_travel_as_exact_text(client: httpx.Client) -> None:
    total = client.get("/v1/orders/ord_1060").json()["total"]
    assert (type(total["amount"]), total["currency"]) == (str, "MYR")


@pytest.mark.parametrize("phone", ["+60133456703", "013-345 6703", "0133456703", "60 13 345 6703"])
def test_phone_fits_however_it_is_typed(client: httpx.Client, phone: str) -> None:
    asked = {"number": "1060", "proof": {"kind": "phone", "value": phone}}
    assert client.post("/v1/orders/find", json=asked).json()["number"] == "1060"


def test_shoppers_words_and_photos_are_kept_with_the_case(client: httpx.Client, store: RunningStore) -> None:
    asked = {
        "kind": "missing_item",
        "items": [{"line_id": "1", "quantity": 1}],
        "note": "only one mug came",
        "photos": ["photo_1"],
    }
    case = client.post("/v1/orders/ord_1047/cases", json=asked, headers={"Idempotency-Key": "mug"}).json()
    notes = next(entry["notes"] for entry in store.dump()["orders"] if entry["order"]["id"] == "ord_1047")
    assert notes["cases"][case["id"]] == {"note": "only one mug came", "photos": ["photo_1"], "refund_to": None}


def test_cancelled_order_gives_its_stock_back(client: httpx.Client) -> None:
    before = _stock(client)
    cancelled = client.post(
        "/v1/orders/ord_1110/cancel", json={"reason": "changed_mind"}, headers={"Idempotency-Key": "stock"}
    ).json()
    assert cancelled["payments"] == []  # it was not paid yet: nothing to refund
    assert _stock(client) == before + 1


def _stock(client: httpx.Client) -> int:
    variants = client.get("/v1/products/denim_jacket").json()["variants"]
    return next(int(variant["stock"]) for variant in variants if variant["options"] == {"size": "L"})
