"""The door before every route of the desk: tried on all that the gateway has, also on those that come later."""

from __future__ import annotations

import asyncio
import json
import re

import httpx
import pytest
import websockets.client
import websockets.exceptions

from bot.desk.people.agent import PERMISSIONS, Agent, Role
from tests.desk.conftest import Enter, SignIn
from tests.desk.desk_client import API, DeskClient
from tests.desk.processes import Desk
from tests.desk.routes import STREAM, ListedRoute, routes_of
from tests.gateway.processes import ROOT
from tests.gateway.shopper import Shopper

ELSEWHERE = "https://shop.example"


@pytest.fixture(scope="session")
def routes(desk: Desk) -> list[ListedRoute]:
    return [route for route in routes_of(desk) if route.path != STREAM]


def _closed(routes: list[ListedRoute]) -> list[ListedRoute]:
    return [route for route in routes if route.may is not None]


def _code(answer: httpx.Response) -> tuple[int, str]:
    problem = answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"] if problem else ""


def test_every_route_stands_behind_the_door_and_only_the_log_in_is_open(routes: list[ListedRoute]) -> None:
    assert [str(route) for route in routes if not route.door] == []
    assert [str(route) for route in routes if route.may is None] == ["POST /desk/v1/login"]
    assert len(routes) > 8


async def test_without_a_session_every_route_is_shut(
    desk: Desk, routes: list[ListedRoute], waiting: Shopper, enter: Enter
) -> None:
    """And what exists looks like what does not."""
    async with httpx.AsyncClient(base_url=desk.url + API, trust_env=False) as http:
        for route in _closed(routes):
            for place in (waiting.id, "c_AAAAAAAAAAAAAAAAAAAAAA"):
                answer = await http.request(route.method, route.below(conversation_id=place), json={})
                assert _code(answer) == (401, "not_signed_in"), str(route)
                assert "www-authenticate" not in answer.headers
                assert "set-cookie" not in answer.headers


async def test_a_shoppers_token_opens_nothing_of_the_desk(
    desk: Desk, routes: list[ListedRoute], waiting: Shopper
) -> None:
    async with httpx.AsyncClient(base_url=desk.url + API, trust_env=False) as http:
        for route in _closed(routes):
            as_bearer = {**waiting.headers, "X-CSRF-Token": waiting.token}
            as_cookie = {"Cookie": f"ramah_desk={waiting.token}", "X-CSRF-Token": waiting.token}
            for headers in (as_bearer, as_cookie):
                path = route.below(conversation_id=waiting.id)
                answer = await http.request(route.method, path, json={}, headers=headers)
                assert _code(answer) == (401, "not_signed_in"), str(route)


async def test_an_agents_session_opens_no_conversation_on_the_shoppers_side(
    desk: Desk, agent: DeskClient, waiting: Shopper
) -> None:
    cookie = agent.http.cookies["ramah_desk"]
    async with httpx.AsyncClient(base_url=desk.url, trust_env=False) as http:
        for headers in ({"Authorization": f"Bearer {cookie}"}, {"Cookie": f"ramah_desk={cookie}"}):
            assert (await http.get(f"{waiting.path}/messages", headers=headers)).status_code == 401


@pytest.mark.parametrize("header", [None, "", "wrong", "é" * 20])
async def test_without_the_header_no_page_changes_anything(
    routes: list[ListedRoute], admin: DeskClient, waiting: Shopper, header: str | None
) -> None:
    headers = {} if header is None else {"X-CSRF-Token": header.encode()}
    changing = [route for route in _closed(routes) if route.method != "GET"]
    assert changing
    for route in changing:
        path = route.below(conversation_id=waiting.id, agent_id=admin.id)
        answer = await admin.http.request(route.method, path, json={}, headers=headers)
        assert _code(answer) == (403, "csrf"), str(route)
    assert (await admin.get("/session"))["csrf"] == admin.csrf


async def test_the_secret_of_another_session_does_not_help(admin: DeskClient, agent: DeskClient) -> None:
    answer = await agent.request("POST", "/presence", {"presence": "away"}, headers={"X-CSRF-Token": admin.csrf})
    assert _code(answer) == (403, "csrf")


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", "http://127.0.0.1:1", "127.0.0.1", ""])
async def test_another_sites_page_changes_nothing_though_it_knew_the_secret(
    routes: list[ListedRoute], admin: DeskClient, origin: str
) -> None:
    for route in routes:
        if route.method != "GET":
            answer = await admin.request(route.method, route.below(), {}, headers={"Origin": origin})
            assert _code(answer) == (403, "csrf"), str(route)


async def test_the_desks_own_page_may(desk: Desk, agent: DeskClient) -> None:
    answer = await agent.request("POST", "/presence", {"presence": "online"}, headers={"Origin": desk.url})
    assert answer.status_code == 200


async def test_no_other_site_reads_the_desk(agent: DeskClient) -> None:
    answer = await agent.request("GET", "/session", headers={"Origin": ELSEWHERE})
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    preflight = await agent.http.request("OPTIONS", "/session", headers={"Origin": ELSEWHERE})
    assert preflight.status_code == 405
    assert not [name for name in preflight.headers if name.startswith("access-control-")]
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("role", ["agent", "supervisor", "trainer", "admin"])
async def test_each_role_does_what_it_may_and_no_more(
    routes: list[ListedRoute], sign_in: SignIn, people: dict[Role, Agent], role: Role
) -> None:
    client = await sign_in(people[role])
    for route in _closed(routes):
        if route.path == f"{API}/logout":
            continue
        answer = await client.request(route.method, route.below(), None if route.method == "GET" else {})
        if route.may in PERMISSIONS[role]:
            assert _code(answer) not in {(403, "forbidden"), (401, "not_signed_in")}, str(route)
            assert answer.status_code < 500, f"{route}: {answer.text}"
        else:
            assert _code(answer) == (403, "forbidden"), str(route)


def test_trainers_answer_nobody_and_see_no_personal_data_and_only_admins_manage() -> None:
    assert PERMISSIONS["trainer"] == {"read", "note"}
    assert [role for role, may in PERMISSIONS.items() if "manage" in may] == ["admin"]
    assert [role for role, may in PERMISSIONS.items() if "supervise" in may] == ["supervisor", "admin"]
    assert [role for role, may in PERMISSIONS.items() if "audit" in may] == ["supervisor", "admin"]


@pytest.mark.parametrize("role", ["agent", "trainer"])
async def test_a_forbidden_body_is_not_even_looked_at(sign_in: SignIn, people: dict[Role, Agent], role: Role) -> None:
    client = await sign_in(people[role])
    headers = {"X-CSRF-Token": client.csrf, "Content-Type": "application/json"}
    answer = await client.http.post("/agents", content=b"{" * 3000, headers=headers)
    assert _code(answer) == (403, "forbidden")


async def _refused_with(desk: Desk, cookie: str, csrf: str, **headers: str) -> int:
    address = desk.url.replace("http", "ws") + STREAM
    sent = {**headers, **({"Cookie": f"ramah_desk={cookie}"} if cookie else {})}
    async with websockets.client.connect(address, extra_headers=sent) as socket:
        await socket.send(json.dumps({"type": "hello", "csrf": csrf, "after": 0}))
        try:
            await asyncio.wait_for(socket.recv(), 30)
        except websockets.exceptions.ConnectionClosed as closed:
            return int(closed.code)
    return 0


async def test_the_socket_asks_for_session_secret_and_own_page(desk: Desk, agent: DeskClient, waiting: Shopper) -> None:
    cookie, csrf = agent.http.cookies["ramah_desk"], agent.csrf
    assert await _refused_with(desk, cookie, csrf, Origin=desk.url) == 0
    assert await _refused_with(desk, "", csrf) == 4401
    assert await _refused_with(desk, cookie, "wrong") == 4401
    assert await _refused_with(desk, cookie, csrf, Origin=ELSEWHERE) == 4401
    assert await _refused_with(desk, waiting.token, waiting.token) == 4401


def test_engineers_find_every_route_on_the_page_about_the_api(desk: Desk) -> None:
    page = (ROOT / "docs" / "desk-api.md").read_text("utf-8")
    routes = [each for each in routes_of(desk) if each.door]
    assert len(routes) > 40
    missing = []
    for route in routes:
        path = re.sub(r"<(\w+):[^>]*>", r"<\1>", route.path).removeprefix("/desk/v1")
        short = f"`/{path.rsplit('/', maxsplit=1)[-1]}`"  # of several that begin alike
        if f"`{route.method} {path}`" not in page and not (short in page and f"{route.method} " in page):
            missing.append(f"{route.method} {path}")
    assert missing == []
