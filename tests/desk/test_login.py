"""Signing in: who comes in, for how long, and what those who guess find out."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from http.cookies import Morsel, SimpleCookie

import httpx
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from bot.conversations.times import utc_now
from bot.desk.people.agent import Agent, Role
from bot.desk.people.agents import account_of, update_agent
from bot.desk.people.passwords import is_outdated, verify
from bot.desk.people.sessions import IDLE, LIFE
from bot.desk.tables import agent_sessions
from tests.desk.conftest import SignIn
from tests.desk.desk_client import API, DeskClient
from tests.desk.processes import PASSWORD, Desk

NOBODY = "nobody@example.com"


def _cookie(answer: httpx.Response) -> Morsel[str]:
    return SimpleCookie(answer.headers["set-cookie"])["ramah_desk"]


def _bare(answer: httpx.Response) -> tuple[int, str, dict[str, str]]:
    return answer.status_code, answer.text, dict(answer.headers)


def _session_rows(desk: Desk, agent_id: str) -> int:
    rows = select(agent_sessions).where(agent_sessions.c.agent_id == agent_id)
    return desk.write(lambda connection: len(connection.execute(rows).all()))


def _age(desk: Desk, agent_id: str, **columns: timedelta) -> None:
    """Move these moments of an agent's sessions into the past."""
    values = {name: utc_now() - ago for name, ago in columns.items()}
    aged = update(agent_sessions).where(agent_sessions.c.agent_id == agent_id).values(values)
    desk.write(lambda connection: connection.execute(aged))


async def test_an_agent_signs_in_and_is_known(desk: Desk, people: dict[Role, Agent]) -> None:
    client = DeskClient(desk.url)
    answer = await client.try_log_in(people["supervisor"].email.upper())
    assert answer.status_code == 200
    told = answer.json()
    assert (told["agent"]["name"], told["agent"]["role"]) == ("Budi", "supervisor")
    assert told["may"] == ["answer", "audit", "note", "personal", "read", "supervise"]
    session = await client.get("/session")
    assert (session["agent"], session["csrf"]) == (told["agent"], told["csrf"])
    assert session["clock"] >= 0
    assert set(session["desk"]) >= {"teams", "labels", "assignment", "languages"}
    await client.leave()


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(desk: Desk, people: dict[Role, Agent]) -> None:
    client = DeskClient(desk.url)
    answer = await client.try_log_in(people["agent"])
    cookie = _cookie(answer)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/desk")
    assert (cookie["domain"], cookie["secure"]) == ("", "")  # the test's gateway is reached without TLS
    assert int(cookie["max-age"]) == LIFE.total_seconds()
    assert cookie.value not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    await client.leave()


async def test_over_https_the_cookie_goes_over_https_only(start_desk: Callable[..., Desk]) -> None:
    desk = start_desk(proxies_count="1")
    client = DeskClient(desk.url)
    headers = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    body = {"email": desk.add_agent("Aini").email, "password": PASSWORD}
    assert _cookie(await client.http.post("/login", json=body, headers=headers))["secure"] is True
    await client.leave()


async def test_a_guess_learns_nothing(desk: Desk) -> None:
    there, gone = desk.add_agent("Fitri"), desk.add_agent("Gita")
    desk.write(lambda connection: update_agent(connection, gone.id, {"active": False}))
    client = DeskClient(desk.url)
    wrong = await client.try_log_in(there, "not the password at all")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_login")
    assert "set-cookie" not in wrong.headers
    for who, password in ((NOBODY, PASSWORD), (gone, PASSWORD), ("' or 1=1 --", PASSWORD), (there, "")):
        assert _bare(await client.try_log_in(who, password)) == _bare(wrong)
    await client.leave()


def test_an_address_that_nobody_has_takes_the_same_work(desk: Desk) -> None:
    someone = desk.add_agent("Hadi")
    kept = desk.write(lambda connection: account_of(connection, someone.id).password_hash)

    def work(hashed: str | None) -> float:
        begun = time.process_time()  # of all threads: what else runs on this machine does not count
        for _ in range(5):
            verify(hashed, "a guess of some length")
        return time.process_time() - begun

    verify(None, "the first one makes nobody's hash")
    assert 0.5 < work(None) / work(kept) < 2


async def test_what_was_tried_is_in_the_audit_log(desk: Desk, supervisor: DeskClient) -> None:
    someone = desk.add_agent("Indra")
    client = DeskClient(desk.url)
    await client.try_log_in(someone, "not the password at all")
    await client.log_in(someone)
    await client.post("/logout")
    entries = (await supervisor.get("/audit"))["entries"]
    mine = [each["what"] for each in entries if (each["agent"] or {}).get("id") == someone.id]
    assert mine == ["signed_out", "signed_in"]
    failed = next(each for each in entries if each["what"] == "sign_in_failed")
    assert (failed["agent"], failed["data"]) == (None, {"email": "i•••@example.com"})
    await client.leave()


async def test_a_session_that_was_laid_ready_is_not_the_one_that_opens(desk: Desk, people: dict[Role, Agent]) -> None:
    client = DeskClient(desk.url)
    client.http.cookies.set("ramah_desk", "laid-ready-by-somebody-else", path="/desk")
    first = _cookie(await client.try_log_in(people["agent"])).value
    second = _cookie(await client.try_log_in(people["agent"])).value
    assert len({"laid-ready-by-somebody-else", first, second}) == 3
    async with httpx.AsyncClient(base_url=desk.url + API, trust_env=False) as other:
        laid = await other.get("/session", headers={"Cookie": "ramah_desk=laid-ready-by-somebody-else"})
    assert laid.status_code == 401
    await client.leave()


async def test_the_database_holds_no_token_that_would_open(desk: Desk, agent: DeskClient) -> None:
    token = agent.http.cookies["ramah_desk"]
    with closing(sqlite3.connect(f"file:{desk.database}?mode=ro", uri=True)) as connection:
        hashes = [row[0] for row in connection.execute("select token_hash from agent_sessions")]
        passwords = [row[0] for row in connection.execute("select password_hash from agents")]
    assert token not in hashes
    async with httpx.AsyncClient(base_url=desk.url + API, trust_env=False) as thief:
        for stolen in hashes[:3]:
            assert (await thief.get("/session", headers={"Cookie": f"ramah_desk={stolen}"})).status_code == 401
    assert all(each.startswith("$argon2id$") for each in passwords)


async def test_signing_out_ends_the_session_on_the_server_too(desk: Desk, people: dict[Role, Agent]) -> None:
    client = await DeskClient(desk.url).log_in(people["agent"])
    token = client.http.cookies["ramah_desk"]
    answer = await client.request("POST", "/logout", {})
    assert (answer.status_code, _cookie(answer)["max-age"]) == (204, "0")
    async with httpx.AsyncClient(base_url=desk.url + API, trust_env=False) as later:
        assert (await later.get("/session", headers={"Cookie": f"ramah_desk={token}"})).status_code == 401
    await client.leave()


@pytest.mark.parametrize("aged", [{"expires_at": timedelta(seconds=1)}, {"used_at": IDLE + timedelta(seconds=1)}])
async def test_a_session_ends_after_half_a_day_and_after_two_idle_hours(
    desk: Desk, sign_in: SignIn, aged: dict[str, timedelta]
) -> None:
    someone = desk.add_agent("Joko")
    client = await sign_in(someone)
    _age(desk, someone.id, **aged)
    assert (await client.refused("GET", "/session"))[:2] == (401, "not_signed_in")
    await sign_in(someone)
    assert _session_rows(desk, someone.id) == 1  # what has ended is swept out


async def test_who_works_on_stays_signed_in(desk: Desk, sign_in: SignIn) -> None:
    someone = desk.add_agent("Kirana")
    client = await sign_in(someone)
    _age(desk, someone.id, used_at=IDLE - timedelta(minutes=1))
    await client.get("/session")
    [row] = desk.write(
        lambda connection: connection.execute(
            select(agent_sessions.c.used_at).where(agent_sessions.c.agent_id == someone.id)
        ).all()
    )
    assert utc_now() - row.used_at < timedelta(minutes=1)


async def test_a_deactivated_agent_is_out_at_once_and_stays_out(desk: Desk, sign_in: SignIn, admin: DeskClient) -> None:
    someone = desk.add_agent("Lestari")
    client = await sign_in(someone)
    await admin.put(f"/agents/{someone.id}", {"active": False})
    assert (await client.refused("GET", "/session"))[:2] == (401, "not_signed_in")
    assert (await client.try_log_in(someone)).json()["code"] == "wrong_login"
    await admin.put(f"/agents/{someone.id}", {"active": True})
    assert (await client.refused("GET", "/session"))[0] == 401


async def test_a_new_role_needs_a_new_session(desk: Desk, sign_in: SignIn, admin: DeskClient) -> None:
    someone = desk.add_agent("Made", "supervisor")
    client = await sign_in(someone)
    await admin.put(f"/agents/{someone.id}", {"role": "agent"})
    assert (await client.refused("GET", "/session"))[0] == 401
    assert "supervise" not in (await client.try_log_in(someone)).json()["may"]


async def test_a_new_password_signs_out_everywhere_else(desk: Desk, sign_in: SignIn) -> None:
    someone = desk.add_agent("Nanda")
    here, elsewhere = await sign_in(someone), await sign_in(someone)
    assert (await here.refused("POST", "/password", {"old": "wrong", "new": PASSWORD}))[:2] == (401, "wrong_login")
    weak = {"old": PASSWORD, "new": "nanda12345678"}
    assert (await here.refused("POST", "/password", weak))[:2] == (422, "weak_password")
    await here.post("/password", {"old": PASSWORD, "new": "another walk along the coast"})
    assert (await here.get("/session"))["agent"]["name"] == "Nanda"
    assert (await elsewhere.refused("GET", "/session"))[0] == 401
    assert (await elsewhere.try_log_in(someone)).status_code == 401
    assert (await elsewhere.try_log_in(someone, "another walk along the coast")).status_code == 200


async def test_an_old_hash_is_made_anew_when_its_owner_comes(desk: Desk, sign_in: SignIn) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    someone = desk.add_agent("Oki", password_hash=weak)
    await sign_in(someone)
    kept = desk.write(lambda connection: account_of(connection, someone.id).password_hash)
    assert kept != weak
    assert not is_outdated(kept)
    await sign_in(someone)


async def test_who_guesses_at_one_account_is_slowed_down_whoever_it_is(start_desk: Callable[..., Desk]) -> None:
    desk = start_desk(rate_limit_factor="1", proxies_count="1")
    someone = desk.add_agent("Putri")
    client = DeskClient(desk.url)

    async def guess(email: str, at: int) -> httpx.Response:
        headers = {"X-Forwarded-For": f"203.0.113.{at}"}  # from another address each time
        return await client.http.post("/login", json={"email": email, "password": "a guess"}, headers=headers)

    for email in (someone.email, NOBODY):
        answers = await asyncio.gather(*(guess(email, at) for at in range(14)))
        refused = [answer for answer in answers if answer.status_code == 429]
        assert [answer.status_code for answer in answers].count(401) >= 10
        assert 1 <= len(refused) <= 4
        assert 1 <= int(refused[0].headers["retry-after"]) <= 60
    again = await asyncio.gather(*(guess(someone.email.upper(), at) for at in range(4)))
    assert 429 in {answer.status_code for answer in again}
    await client.leave()


async def test_who_guesses_at_many_accounts_is_slowed_down(start_desk: Callable[..., Desk]) -> None:
    desk = start_desk(rate_limit_factor="1")
    client = DeskClient(desk.url)
    guesses = [client.try_log_in(f"someone{at}@example.com", "a guess") for at in range(40)]
    answers = [answer.status_code for answer in await asyncio.gather(*guesses)]
    assert answers.count(401) >= 30
    assert answers.count(429) >= 1
    await client.leave()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": "a@b.example"},
        {"email": 1, "password": PASSWORD},
        {"email": "a@b.example", "password": PASSWORD, "role": "admin"},
        {"email": "a@b.example", "password": "x" * 5000},
        {"email": "\0", "password": PASSWORD},
    ],
)
async def test_a_form_that_is_none_is_refused(desk: Desk, body: dict[str, object]) -> None:
    async with httpx.AsyncClient(base_url=desk.url + API, trust_env=False) as http:
        assert (await http.post("/login", json=body)).status_code == 422
        plain = await http.post("/login", content=b"email=a", headers={"Content-Type": "text/plain"})
    assert plain.status_code == 415  # what another site's form could send


async def test_an_agent_says_whether_they_are_there(agent: DeskClient, other_agent: DeskClient) -> None:
    assert (await other_agent.post("/presence", {"presence": "away"}))["agent"]["presence"] == "away"
    assert (await other_agent.get("/session"))["agent"]["presence"] == "away"
    assert (await other_agent.refused("POST", "/presence", {"presence": "offline"}))[0] == 422
    seen = (await agent.get("/agents"))["agents"]  # the other one is new: no page of theirs was ever open
    assert next(each for each in seen if each["id"] == other_agent.id)["presence"] == "offline"
