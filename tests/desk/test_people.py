"""Admins let people work at the desk; everybody else sees who is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.desk.desk_client import DeskClient
from tests.desk.processes import PASSWORD, Desk
from tests.gateway.shopper import Shopper

NEW = {"name": "Ratna", "email": "ratna@example.com", "password": PASSWORD}


async def test_an_admin_adds_a_person_who_then_signs_in(desk: Desk, admin: DeskClient) -> None:
    told = await admin.post(
        "/agents", {**NEW, "email": "Ratna.One@Example.com", "languages": ["ms"], "teams": ["returns"]}
    )
    added = told["agent"]
    assert (added["role"], added["email"], added["capacity"]) == ("agent", "ratna.one@example.com", 5)
    client = await DeskClient(desk.url).log_in("ratna.one@example.com")
    assert client.agent["teams"] == ["returns"]
    assert (await client.refused("POST", "/agents", NEW))[:2] == (403, "forbidden")
    await client.leave()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"password": "short"}, "weak_password"),
        ({"password": "ratna@example.com"}, "weak_password"),
        ({"email": "not an address"}, "invalid_email"),
        ({"name": "  "}, "invalid"),
        ({"name": "a\nb"}, "invalid"),
        ({"role": "owner"}, "invalid"),
        ({"teams": ["nobody knows it"]}, "invalid"),
        ({"languages": ["<b>"]}, "invalid"),
        ({"capacity": -1}, "invalid"),
        ({"id": "a_mine"}, "invalid"),
        ({"email": None}, "invalid"),
    ],
)
async def test_what_cannot_be_is_refused(admin: DeskClient, wrong: dict[str, object], code: str) -> None:
    assert (await admin.refused("POST", "/agents", {**NEW, **wrong}))[:2] == (422, code)


async def test_two_people_do_not_share_an_address(desk: Desk, admin: DeskClient) -> None:
    first, second = desk.add_agent("Sari"), desk.add_agent("Tuti")
    taken = (409, "email_taken")
    assert (await admin.refused("POST", "/agents", {**NEW, "email": first.email.upper()}))[:2] == taken
    assert (await admin.refused("PUT", f"/agents/{second.id}", {"email": first.email}))[:2] == taken
    assert (await admin.refused("PUT", "/agents/a_nobody", {"name": "x"}))[:2] == (404, "not_found")
    assert (await admin.refused("PUT", "/agents/a_nobody", {"password": PASSWORD}))[:2] == (404, "not_found")


async def test_what_an_admin_changes_is_in_the_audit_log_without_the_password(desk: Desk, admin: DeskClient) -> None:
    someone = desk.add_agent("Umar")
    change = {"name": "Umar Said", "password": "another walk along the coast", "email": "umar.said@example.com"}
    assert (await admin.put(f"/agents/{someone.id}", change))["agent"]["name"] == "Umar Said"
    entry = (await admin.get("/audit", agent=admin.id))["entries"][0]
    assert entry["what"] == "agent_changed"
    assert entry["data"]["agent_id"] == someone.id
    assert entry["data"]["password_changed"] is True
    assert "coast" not in str(entry)
    assert "argon2" not in str(entry)
    assert "umar.said@example.com" not in str(entry)
    client = await DeskClient(desk.url).log_in("umar.said@example.com", "another walk along the coast")
    await client.leave()


async def test_the_last_admin_stays(start_desk: Callable[..., Desk]) -> None:
    desk = start_desk()
    first, second = desk.add_agent("Wulan", "admin"), desk.add_agent("Yanti", "admin")
    client = await DeskClient(desk.url).log_in(first)
    await client.put(f"/agents/{second.id}", {"role": "supervisor"})
    for change in ({"role": "agent"}, {"active": False}):
        assert (await client.refused("PUT", f"/agents/{first.id}", change))[:2] == (422, "invalid")
    assert "manage" in (await client.get("/session"))["may"]
    await client.leave()


async def test_everybody_sees_who_is_there_but_only_admins_see_addresses(
    desk: Desk, agent: DeskClient, admin: DeskClient
) -> None:
    shown = (await agent.get("/agents"))["agents"]
    assert {"id", "name", "role", "languages", "teams", "capacity", "presence", "load"} <= set(shown[0])
    assert "@" not in str(shown)
    gone = desk.add_agent("Vera")
    await admin.put(f"/agents/{gone.id}", {"active": False})
    assert gone.id not in {each["id"] for each in (await agent.get("/agents"))["agents"]}
    managed = {each["id"]: each for each in (await admin.get("/agents"))["agents"]}
    assert (managed[gone.id]["active"], managed[gone.id]["email"]) == (False, gone.email)


async def test_the_audit_log_is_read_page_by_page(supervisor: DeskClient, waiting: Shopper) -> None:
    newest = (await supervisor.get("/audit"))["entries"]
    ids = [each["id"] for each in newest]
    assert ids == sorted(ids, reverse=True)
    older = (await supervisor.get("/audit", before=ids[0]))["entries"]
    assert [each["id"] for each in older][: len(ids) - 1] == ids[1:]
    assert (await supervisor.get("/audit", conversation="c_none"))["entries"] == []
    for wrong in ("x", "-1", "1.5", "9" * 12, "٣"):
        assert (await supervisor.refused("GET", f"/audit?before={wrong}"))[:2] == (422, "invalid")
