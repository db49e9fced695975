"""The queue through the door: what agents' pages ask, and what everybody is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.conversations.tables import conversations
from bot.conversations.times import as_text, utc_now
from bot.desk.people.agent import Role
from tests.desk.conftest import Enter, SignIn
from tests.desk.desk_client import DeskClient
from tests.desk.processes import Desk
from tests.gateway.shopper import Shopper


async def test_agent_claims_answers_and_resolves(agent: DeskClient, waiting: Shopper) -> None:
    assert waiting.id in [each["id"] for each in (await agent.get("/conversations", limit="200"))["conversations"]]
    claimed = await agent.post(f"/conversations/{waiting.id}/claim")
    assert claimed["conversation"]["owner"] == {"kind": "agent", "id": agent.id, "name": agent.agent["name"]}
    assert await waiting.owner() == "agent"
    resolved = await agent.post(f"/conversations/{waiting.id}/resolve")
    assert (resolved["conversation"]["status"], resolved["conversation"]["waiting_since"]) == ("resolved", None)
    reopened = await agent.post(f"/conversations/{waiting.id}/reopen")
    assert reopened["conversation"]["status"] == "open"


async def test_second_claim_is_refused_with_the_owner(
    agent: DeskClient, other_agent: DeskClient, waiting: Shopper
) -> None:
    await agent.post(f"/conversations/{waiting.id}/claim")
    status, code, problem = await other_agent.refused("POST", f"/conversations/{waiting.id}/claim")
    assert (status, code) == (409, "already_taken")
    assert problem["owner"] == {"kind": "agent", "id": agent.id, "name": agent.agent["name"]}
    status, code, problem = await other_agent.refused("POST", f"/conversations/{waiting.id}/resolve")
    assert (status, code, problem["owner"]["id"]) == (409, "not_owner", agent.id)


async def test_claim_is_seen_on_every_page_and_by_the_shopper(
    agent: DeskClient, supervisor: DeskClient, waiting: Shopper
) -> None:
    async with supervisor.stream(after=0) as page, waiting.tab() as tab:
        await page.until(type="ready")
        await agent.post(f"/conversations/{waiting.id}/claim")
        await tab.until(type="owner", owner={"kind": "agent", "name": agent.agent["name"]})
        while True:
            told = await page.until(type="conversation")
            if told["conversation"]["id"] == waiting.id and told["conversation"]["owner"]["kind"] == "agent":
                break


async def test_supervisor_takes_over_assigns_and_sees_the_overview(
    agent: DeskClient, supervisor: DeskClient, waiting: Shopper
) -> None:
    await agent.post(f"/conversations/{waiting.id}/claim")
    taken = await supervisor.post(f"/conversations/{waiting.id}/take_over")
    assert taken["conversation"]["owner"]["id"] == supervisor.id
    async with agent.stream() as page:
        await page.until(type="ready")
        await supervisor.post(f"/conversations/{waiting.id}/assign", {"agent_id": agent.id})
        notice = await page.until(type="notice", what="assigned")
        assert notice["conversation_id"] == waiting.id
    overview = await supervisor.get("/overview")
    assert {"total", "longest_since", "overdue", "by_reason", "by_language"} == set(overview["waiting"])
    assert overview["today"]["handoffs"] >= 1
    assert agent.id in [each["id"] for each in overview["agents"]]


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("trainer", "claim"),
        ("trainer", "resolve"),
        ("agent", "take_over"),
    ],
)
async def test_role_that_does_not_allow_it_is_forbidden(
    sign_in: SignIn, people: dict[Role, object], waiting: Shopper, role: Role, path: str
) -> None:
    client = await sign_in(people[role])
    status, code, _ = await client.refused("POST", f"/conversations/{waiting.id}/{path}")
    assert (status, code) == (403, "forbidden")
    assert await waiting.owner() == "queue"


async def test_agent_who_is_not_there_cannot_be_given_one(agent: DeskClient, desk: Desk, waiting: Shopper) -> None:
    gone = desk.add_agent("Fajar", "agent")
    await agent.post(f"/conversations/{waiting.id}/claim")
    for body in ({"agent_id": gone.id, "note": "yours"}, {"agent_id": gone.id}):
        assert (await agent.refused("POST", f"/conversations/{waiting.id}/transfer", body))[:2] == (409, "not_present")
    moved = await agent.post(f"/conversations/{waiting.id}/transfer", {"team": "returns", "note": "a return"})
    assert (moved["conversation"]["owner"], moved["conversation"]["team"]) == ({"kind": "queue"}, "returns")


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("transfer", {"team": "nobody's"}, "team"),
        ("transfer", {"agent_id": "nobody"}, "agent_id"),
        ("transfer", {}, "message"),
        ("assign", {}, "agent_id"),
        ("snooze", {"until": "2020-01-01T00:00:00Z"}, "until"),
        ("snooze", {"until": "soon"}, "until"),
        ("claim", {"by": "me"}, "by"),
    ],
)
async def test_what_cannot_be_is_refused_by_field(
    agent: DeskClient, waiting: Shopper, path: str, body: dict[str, object], field: str
) -> None:
    if path != "claim":
        await agent.post(f"/conversations/{waiting.id}/claim")
    status, code, problem = await agent.refused("POST", f"/conversations/{waiting.id}/{path}", body)
    assert (status, code) == (422, "invalid")
    assert field in problem["detail"]


async def test_an_unknown_conversation_is_not_found(agent: DeskClient) -> None:
    for path in ("claim", "resolve", "release", "reopen"):
        assert (await agent.refused("POST", f"/conversations/c_nothing/{path}"))[:2] == (404, "not_found")


async def test_an_unknown_view_or_filter_is_refused(agent: DeskClient) -> None:
    for query in ("view=everything", "limit=0", "limit=9999", "colour=red", "sort=luck"):
        assert (await agent.refused("GET", f"/conversations?{query}"))[:2] == (422, "invalid")


async def test_snoozed_conversation_leaves_the_list_and_wakes_by_itself(agent: DeskClient, waiting: Shopper) -> None:
    await agent.post(f"/conversations/{waiting.id}/claim")
    until_ = as_text(utc_now() + timedelta(seconds=1))
    async with agent.stream() as page:
        await page.until(type="ready")
        await agent.post(f"/conversations/{waiting.id}/snooze", {"until": until_})
        assert waiting.id in await _ids(agent, "snoozed")
        while True:
            told = (await page.until(type="conversation"))["conversation"]
            if told["id"] == waiting.id and told["status"] == "open" and told["snoozed_until"] is None:
                break
    assert waiting.id in await _ids(agent, "mine")


async def test_bulk_assigns_what_it_can(supervisor: DeskClient, enter: Enter) -> None:
    first, second = await enter("a person please"), await enter("a person please")
    wanted = {"conversations": [first.id, second.id, "c_nothing"], "action": "claim"}
    result = await supervisor.post("/bulk", wanted)
    assert result == {"done": [first.id, second.id], "refused": [{"id": "c_nothing", "code": "not_found"}]}
    labelled = await supervisor.post("/bulk", {"conversations": [first.id], "action": "label", "label": "refund"})
    assert labelled["done"] == [first.id]
    assert [first.id] == await _ids(supervisor, "mine", label="refund")
    done = await supervisor.post("/bulk", {"conversations": [first.id, second.id], "action": "resolve"})
    assert len(done["done"]) == 2


async def test_with_automatic_assignment_an_agent_who_opens_the_page_gets_what_waits(
    start_desk: Callable[..., Desk], sign_in: SignIn, enter: Enter
) -> None:
    desk = start_desk({"assignment": "automatic"})
    shopper = await enter("a person please", at=desk)
    assert await shopper.owner() == "queue"
    client = await sign_in(desk.add_agent("Gita", "agent"), desk)
    async with client.stream() as page, shopper.tab() as tab:
        await page.until(type="ready")
        await tab.until(type="owner", owner={"kind": "agent", "name": "Gita"})


async def test_agent_who_is_told_of_a_conversation_knows_whose_it_is(
    start_desk: Callable[..., Desk], sign_in: SignIn, enter: Enter
) -> None:
    desk = start_desk({"assignment": "automatic"})
    client = await sign_in(desk.add_agent("Gita", "agent"), desk)
    async with client.stream() as page:
        await page.until(type="ready")
        shopper = await enter("a person please", at=desk)
        await page.until(type="notice", what="assigned", conversation_id=shopper.id)
        assert shopper.id in [frame["conversation"]["id"] for frame in page.frames if frame["type"] == "conversation"]


async def test_unanswered_conversation_is_told_to_supervisors(
    start_desk: Callable[..., Desk], sign_in: SignIn, enter: Enter
) -> None:
    desk = start_desk({"escalate_after": 0})
    supervisor = await sign_in(desk.add_agent("Siti", "supervisor"), desk)
    shopper = await enter("a person please", at=desk)
    async with supervisor.stream() as page:
        await page.until(type="ready")
        desk.write(_make_overdue)
        notice = await page.until(type="notice", what="escalated")
        assert notice["conversation_id"] == shopper.id


async def _ids(client: DeskClient, view: str, **filters: str) -> list[str]:
    found = await client.get("/conversations", view=view, limit="200", **filters)
    return [each["id"] for each in found["conversations"]]


def _make_overdue(connection: Connection) -> None:
    connection.execute(update(conversations).values(due_at=utc_now() - timedelta(minutes=1)))
