"""Who may speak where: refusals tell nothing, limits hold for everybody."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from tests.gateway.conftest import SHOP_ORIGIN
from tests.gateway.processes import Engine, Gateway
from tests.gateway.shopper import Shopper

NOWHERE = "/chat/v1/conversations/c_AAAAAAAAAAAAAAAAAAAAAA"
CALLS = [
    ("GET", "messages", None),
    ("POST", "messages", {"client_id": "a", "text": "hello"}),
    ("POST", "read", {"seq": 1}),
    ("POST", "photos", None),
    ("GET", "photos/AAAAAAAAAAAAAAAAAAAAAA", None),
]


def _bare(answer: httpx.Response) -> tuple[int, str, dict[str, str]]:
    headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
    return answer.status_code, answer.text, headers


@pytest.mark.parametrize(("method", "rest", "body"), CALLS)
async def test_without_a_token_a_conversation_that_exists_looks_like_one_that_does_not(
    shopper: Shopper, method: str, rest: str, body: dict[str, object] | None
) -> None:
    there = await shopper.http.request(method, f"{shopper.path}/{rest}", json=body)
    nowhere = await shopper.http.request(method, f"{NOWHERE}/{rest}", json=body)
    assert there.status_code == 401
    assert _bare(there) == _bare(nowhere)
    assert there.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("method", "rest", "body"), CALLS)
async def test_anothers_conversation_looks_like_one_that_does_not_exist(
    shopper: Shopper, other_shopper: Shopper, method: str, rest: str, body: dict[str, object] | None
) -> None:
    there, nowhere = [
        await shopper.http.request(method, f"{path}/{rest}", json=body, headers=shopper.headers)
        for path in (other_shopper.path, NOWHERE)
    ]
    assert there.status_code == 404
    assert _bare(there) == _bare(nowhere)


async def test_anothers_button_is_like_one_that_was_never_offered(shopper: Shopper, other_shopper: Shopper) -> None:
    [reply] = await other_shopper.ask("buttons please")
    stolen = await shopper.post(choice=reply["buttons"][0]["value"], wait=5)
    invented = await shopper.post(choice="A" * 32, wait=5)
    assert stolen.status_code == 422
    assert _bare(stolen) == _bare(invented)
    assert await shopper.messages() == []


async def test_tokens_and_button_values_are_long_and_never_the_same(shopper: Shopper, gateway: Gateway) -> None:
    [reply] = await shopper.ask("buttons please")
    [again] = await shopper.ask("buttons please")
    values = {button["value"] for button in [*reply["buttons"], *again["buttons"]]}
    assert len(values) == 4
    assert min(len(value) for value in values) == 32  # 192 bits
    assert len(shopper.token) == 43  # 256 bits


async def test_the_token_itself_is_nowhere_in_the_database_or_the_logs(shopper: Shopper, gateway: Gateway) -> None:
    await shopper.ask("my words are mine alone")
    folder = gateway.database.parent
    for file in [*folder.glob("conversations.db*")]:
        assert shopper.token.encode() not in file.read_bytes()
    log = gateway.log.read_text()
    assert shopper.token not in log
    assert "my words are mine alone" not in log
    assert "127.0.0.1" not in log


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "bad_request"),
        (b"{", "bad_request"),
        (b"[]", "bad_request"),
        (b'{"client_id": "a", "text": NaN}', "bad_request"),
        (b'{"client_id": "a", "text": "\\ud800"}', "bad_request"),
        (b'{"client_id": "a", "text": "\xff"}', "bad_request"),
        (b"[" * 20_000, "bad_request"),
        (b'{"client_id": "a", "choice": "b", "values": {"x": ' + b"9" * 5000 + b"}}", "bad_request"),
        (b'{"client_id": "a"}', "invalid"),
        (b'{"client_id": "a", "text": ""}', "invalid"),
        (b'{"client_id": "a", "text": " \\n "}', "invalid"),
        (b'{"client_id": "a", "text": "a\\u0000b"}', "invalid"),
        (b'{"client_id": "a", "text": 7}', "invalid"),
        (b'{"client_id": "a", "text": "b", "choice": "c"}', "invalid"),
        (b'{"client_id": "a", "text": "b", "values": {}}', "invalid"),
        (b'{"client_id": "a", "text": "b", "more": 1}', "invalid"),
        (b'{"client_id": "a b", "text": "b"}', "invalid"),
        (b'{"client_id": "", "text": "b"}', "invalid"),
        (b'{"client_id": "a", "text": "' + b"x" * 2001 + b'"}', "invalid"),
        (b'{"client_id": "a", "photo": "AAAA"}', "unknown_photo"),
        (b'{"client_id": "a", "text": "' + b"x" * 70_000 + b'"}', "too_large"),
    ],
)
async def test_what_is_not_a_message_is_refused_in_one_sentence(shopper: Shopper, body: bytes, code: str) -> None:
    headers = {**shopper.headers, "Content-Type": "application/json"}
    answer = await shopper.http.post(f"{shopper.path}/messages", content=body, headers=headers)
    problem = answer.json()
    assert problem["code"] == code
    assert answer.status_code == problem["status"] < 500
    assert problem["detail"].endswith(".")
    assert await shopper.messages() == []


async def test_a_body_without_a_length_is_cut_off_too(shopper: Shopper) -> None:
    async def endless() -> object:
        for _ in range(200):
            yield b" " * 1000

    headers = {**shopper.headers, "Content-Type": "application/json"}
    answer = await shopper.http.post(f"{shopper.path}/messages", content=endless(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_a_form_post_from_another_site_is_refused(shopper: Shopper) -> None:
    answer = await shopper.http.post("/chat/v1/conversations", data={"a": "b"})
    assert (answer.status_code, answer.json()["code"]) == (415, "json_expected")


@pytest.mark.parametrize("query", ["wait=x", "wait=-1", "wait=31", "wait=nan", "wait=inf"])
async def test_a_wait_that_is_none_is_refused(shopper: Shopper, query: str) -> None:
    answer = await shopper.http.post(
        f"{shopper.path}/messages?{query}", json={"client_id": "a", "text": "b"}, headers=shopper.headers
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize("query", ["after=x", "after=-1", "after=99999999999", "after=1.5", "after=%00", "after=٣"])
async def test_a_number_that_is_none_is_refused(shopper: Shopper, query: str) -> None:
    answer = await shopper.http.get(f"{shopper.path}/messages?{query}", headers=shopper.headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_only_the_shops_own_pages_may_use_the_api_from_elsewhere(shopper: Shopper) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    mine = await shopper.http.options("/chat/v1/conversations", headers={"Origin": SHOP_ORIGIN, **asked})
    assert mine.status_code == 204
    assert mine.headers["access-control-allow-origin"] == SHOP_ORIGIN
    assert "Authorization" in mine.headers["access-control-allow-headers"]
    other = await shopper.http.options("/chat/v1/conversations", headers={"Origin": "https://evil.example", **asked})
    assert "access-control-allow-origin" not in other.headers
    posted = await shopper.http.post("/chat/v1/conversations", json={}, headers={"Origin": SHOP_ORIGIN})
    assert posted.headers["access-control-allow-origin"] == SHOP_ORIGIN
    assert "access-control-allow-credentials" not in posted.headers


async def test_too_many_messages_are_told_when_to_come_back_and_the_message_then_goes_through(
    own_engine: Engine, start_gateway: Callable[..., Gateway]
) -> None:
    gateway = start_gateway(own_engine.url, rate_limit_factor="1")
    shopper = await Shopper(gateway.url).enter()
    answers = [await shopper.post(text="again", client_id=f"m{number}") for number in range(40)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert answers[0].status_code == 202
    assert int(refused[0].headers["retry-after"]) >= 1
    assert refused[0].json()["code"] == "rate_limited"
    invented = {"Authorization": "Bearer " + "A" * 43}
    strangers = [await shopper.http.get(f"{NOWHERE}/messages", headers=invented) for _ in range(90)]
    assert {answer.status_code for answer in strangers} == {401, 429}
    await shopper.leave()
