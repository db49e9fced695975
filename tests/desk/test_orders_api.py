"""The desk's API for orders over HTTP: gateway, demo store and agents as they run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio

from bot.store.models import Order, OrderState
from tests.demo_store.process import RunningStore
from tests.desk.conftest import SignIn
from tests.desk.desk_client import DeskClient
from tests.desk.order_fixtures import Take, stock, take
from tests.desk.processes import Desk, order_of
from tests.gateway.shopper import Shopper

__all__ = ["stock", "take"]


def paid(order: Order) -> bool:
    return order.state is OrderState.paid and not order.items_changed and order.customer.id is None


@asynccontextmanager
async def at_the_desk(client: DeskClient) -> AsyncIterator[None]:
    """With a page open: what somebody has who is not there goes back to the queue."""
    async with client.stream() as page:
        await page.until(type="ready")
        yield


@pytest_asyncio.fixture
async def mine(agent: DeskClient, waiting_with_form: Shopper) -> AsyncIterator[str]:
    """The path of a conversation that the agent has; its shopper proved order 1060."""
    async with at_the_desk(agent):
        await agent.post(f"/conversations/{waiting_with_form.id}/claim")
        yield f"/conversations/{waiting_with_form.id}"


async def looks(desk_: DeskClient, conversation: str) -> list[dict[str, Any]]:
    found = await desk_.get("/audit", conversation=conversation.rsplit("/", maxsplit=1)[-1])
    return [entry["data"] for entry in found["entries"] if entry["what"] == "looked"]


async def test_agent_sees_the_order_then_and_now_and_every_look_is_kept(
    agent: DeskClient, supervisor: DeskClient, mine: str
) -> None:
    both = await agent.get(f"{mine}/order")
    assert both["then"]["order"]["number"] == both["now"]["order"]["number"] == "1060"
    orders = await agent.get(f"{mine}/orders")
    assert [(each["number"], each["proved"]) for each in orders["orders"]] == [("1060", True)]
    assert orders["shopper"]["verified_email"] is True
    assert {"at": "order"} in await looks(supervisor, mine)
    assert {"at": "orders"} in await looks(supervisor, mine)


async def test_jobs_come_with_what_they_need(agent: DeskClient, mine: str) -> None:
    found = await agent.get(f"{mine}/jobs")
    assert (found["order"]["number"], found["known"]) == ("1060", True)
    jobs = {each["job"]: each for each in found["jobs"]}
    assert list(jobs) == ["track", "change_address", "cancel", "return", "replace", "lost"]
    assert jobs["change_address"]["form"]["address"]["fields"]["MY"][0]["name"]
    assert jobs["cancel"]["form"]["reasons"][0] == {"code": "no_longer_needed", "label": "No longer needed"}
    assert (jobs["return"]["allowed"], jobs["return"]["reason"]) == (False, "not_delivered")
    assert jobs["return"]["sentence"] == "It has not been delivered yet."


async def test_agent_does_a_job_for_an_order_they_found_and_the_shopper_reads_it(
    agent: DeskClient, supervisor: DeskClient, mine: str, waiting_with_form: Shopper, take: Take
) -> None:
    order = take(paid)
    wanted = {"number": order.number, "proof": order.customer.email}
    found = await agent.post(f"{mine}/orders/find", wanted)
    assert (found["order"]["id"], found["known"]) == (order.id, False)
    assert {"at": "order", "order": order.number} in await looks(supervisor, mine)
    body = {"order_id": order.id, "reason": "no_longer_needed"}
    previewed = await agent.post(f"{mine}/jobs/cancel/preview", body)
    assert previewed["shown"]["title"] == f"Cancel order #{order.number}"
    assert {"key": "order", "label": "Order", "value": f"#{order.number}"} in previewed["shown"]["rows"]
    assert previewed["next_steps"]
    done, again = await asyncio.gather(
        *(agent.post(f"{mine}/jobs/confirm", {"preview_id": previewed["preview_id"]}) for _ in range(2))
    )
    assert done == again
    assert done["state"] == "done"
    told = [each for each in await waiting_with_form.messages() if each["author"]["kind"] == "agent"]
    assert [each["seq"] for each in told] == [done["seq"]]
    assert told[0]["text"].startswith(f"Done: order #{order.number} is cancelled.")
    entries = (await supervisor.get("/audit", conversation=waiting_with_form.id))["entries"]
    (written,) = [entry for entry in entries if entry["what"] == "order_written"]
    assert (written["data"]["job"], written["data"]["order"]) == ("cancel", order.number)


async def test_wrong_address_is_told_field_by_field(agent: DeskClient, mine: str, store: RunningStore) -> None:
    order = order_of(store)
    address = {**order.shipping_address.dict(), "postcode": "1"}
    status, code, problem = await agent.refused(
        "POST", f"{mine}/jobs/change_address/preview", {"order_id": order.id, "address": address}
    )
    assert (status, code) == (422, "wrong_field")
    assert set(problem["errors"]) == {"postcode"}
    status, code, problem = await agent.refused(
        "POST", f"{mine}/jobs/change_address/preview", {"order_id": order.id, "address": {"name": 7}}
    )
    assert (status, code, problem["field"]) == (422, "wrong_field", "address.name")


@pytest.mark.parametrize("values", [{}, {"reason": "because"}, {"reason": "other", "more": 1}, {"reason": "a\0b"}])
async def test_what_is_no_reason_is_refused(
    agent: DeskClient, mine: str, store: RunningStore, values: dict[str, Any]
) -> None:
    answer = await agent.request("POST", f"{mine}/jobs/cancel/preview", {"order_id": order_of(store).id, **values})
    assert answer.status_code in {409, 422}
    assert order_of(store).state is OrderState.paid


async def test_the_rules_refuse_with_a_reason(agent: DeskClient, mine: str, store: RunningStore) -> None:
    body = {"order_id": order_of(store).id, "wish": "refund"}
    status, code, problem = await agent.refused("POST", f"{mine}/jobs/lost/preview", body)
    assert (status, code, problem["reason"]) == (409, "job_refused", "not_shipped")
    assert problem["sentence"] == "It has not left the shop yet."


async def test_order_changed_under_the_agents_eyes(agent: DeskClient, mine: str, take: Take) -> None:
    order = take(paid)
    body = {"order_id": order.id, "reason": "other"}
    first = await agent.post(f"{mine}/jobs/cancel/preview", body)
    address = {**order.shipping_address.dict(), "line1": "7 Other Street"}
    second = await agent.post(f"{mine}/jobs/change_address/preview", {"order_id": order.id, "address": address})
    await agent.post(f"{mine}/jobs/confirm", {"preview_id": first["preview_id"]})
    status, code, problem = await agent.refused("POST", f"{mine}/jobs/confirm", {"preview_id": second["preview_id"]})
    assert (status, code) == (409, "changed_meanwhile")
    assert problem["order"]["state"] == "cancelled"


async def test_who_does_not_have_the_conversation_does_nothing_to_orders(
    agent: DeskClient, other_agent: DeskClient, trainer: DeskClient, mine: str, store: RunningStore
) -> None:
    body = {"order_id": order_of(store).id, "reason": "other"}
    status, code, problem = await other_agent.refused("POST", f"{mine}/jobs/cancel/preview", body)
    assert (status, code, problem["owner"]["name"]) == (409, "not_owner", "Aini")
    preview_id = (await agent.post(f"{mine}/jobs/cancel/preview", body))["preview_id"]
    confirm = {"preview_id": preview_id}
    assert (await other_agent.refused("POST", f"{mine}/jobs/confirm", confirm))[:2] == (409, "not_owner")
    assert (await other_agent.refused("POST", f"{mine}/merge"))[:2] == (409, "not_owner")
    for path in ("order", "orders", "jobs", "history"):
        assert (await trainer.refused("GET", f"{mine}/{path}"))[:2] == (403, "forbidden")
    for path in ("jobs/confirm", "jobs/cancel/preview", "merge", "orders/find"):
        assert (await trainer.refused("POST", f"{mine}/{path}", confirm))[:2] == (403, "forbidden")
    assert order_of(store).state is OrderState.paid


async def test_what_is_not_there_is_not_found(agent: DeskClient, mine: str) -> None:
    for method, path in (
        ("GET", "/conversations/c_none/order"),
        ("GET", "/conversations/c_none/orders"),
        ("GET", "/conversations/c_none/jobs"),
        ("GET", "/conversations/c_none/history"),
        ("POST", "/conversations/c_none/merge"),
    ):
        assert (await agent.refused(method, path))[:2] == (404, "not_found")
    assert (await agent.refused("POST", f"{mine}/jobs/steal/preview", {"order_id": "o"}))[:2] == (404, "not_found")
    assert (await agent.refused("POST", f"{mine}/jobs/cancel/preview", {"order_id": "o"}))[:2] == (404, "not_found")
    assert (await agent.refused("POST", f"{mine}/jobs/confirm", {"preview_id": "w"}))[:2] == (404, "not_found")
    assert (await agent.get(f"{mine}/jobs", order="999999"))["reason"] == "not_found"


async def test_guest_without_a_customers_order_cannot_be_merged(agent: DeskClient, mine: str) -> None:
    assert (await agent.refused("POST", f"{mine}/merge"))[:2] == (409, "not_verified")
    assert isinstance((await agent.get(f"{mine}/history"))["conversations"], list)


async def test_store_is_down(start_desk: Any, sign_in: SignIn, enter: Any) -> None:
    desk: Desk = start_desk(store_url="http://127.0.0.1:9")
    alone = await sign_in(desk.add_agent("Fitri"), desk)
    shopper = await enter("a person with form please", at=desk)
    async with at_the_desk(alone):
        await alone.post(f"/conversations/{shopper.id}/claim")
        path = f"/conversations/{shopper.id}"
        both = await alone.get(f"{path}/order")
        assert (both["then"]["order"]["number"], both["now"], both["reason"]) == ("1060", None, "store_down")
        assert (await alone.get(f"{path}/orders"))["reason"] == "store_down"
        order_id = both["then"]["order"]["id"]
        assert (await alone.refused("GET", f"{path}/jobs"))[:2] == (503, "store_down")
        body = {"order_id": order_id, "reason": "other"}
        assert (await alone.refused("POST", f"{path}/jobs/cancel/preview", body))[:2] == (503, "store_down")
        assert (await alone.refused("POST", f"{path}/merge"))[:2] == (503, "store_down")
