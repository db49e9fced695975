"""An agent sees the bot's form, fills it in, takes it back, and hands the conversation back with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.conversations.times import utc_now
from bot.desk.people.agent import Agent, Role
from bot.desk.people.presence import seen
from tests.desk.desk_client import DeskClient
from tests.desk.processes import Desk, DeskEngine
from tests.gateway.shopper import Shopper
from tests.until import until

Enter = Callable[..., Awaitable[Shopper]]

HOME = {
    "name": "Nurul Huda Ismail",
    "line1": "12 Jalan Kebun",
    "city": "Klang",
    "region": "Selangor",
    "postcode": "41000",
    "country": "MY",
}


@pytest.fixture(autouse=True)
def _agents_are_there(desk: Desk, people: dict[Role, Agent]) -> None:
    """As if their page were open: what somebody gone has claimed goes back to the queue."""
    desk.write(lambda connection: seen(connection, [each.id for each in people.values()], utc_now()))


async def _has(agent: DeskClient, shopper: Shopper) -> str:
    await agent.post(f"/conversations/{shopper.id}/claim")
    return f"/conversations/{shopper.id}"


async def _form(agent: DeskClient, here: str, **params: Any) -> dict[str, Any]:
    form: dict[str, Any] = (await agent.get(f"{here}/form", **params))["form"]
    return form


async def _fills(agent: DeskClient, here: str, slot: str, value: Any) -> dict[str, Any]:
    form: dict[str, Any] = (await agent.put(f"{here}/fields/{slot}", {"value": value}))["form"]
    return form


def _field(form: dict[str, Any], slot: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in form["fields"] if each["slot"] == slot)
    return found


def _handed_back(engine: DeskEngine, shopper: Shopper) -> list[dict[str, Any]]:
    turns = [each["input"] for each in engine.ran() if each["conversation_id"] == shopper.id]
    return [each for each in turns if each.get("payload") == "/hand_back"]


async def test_agent_sees_every_field_who_filled_it_and_what_is_open(
    agent: DeskClient, waiting_with_form: Shopper
) -> None:
    form = await _form(agent, f"/conversations/{waiting_with_form.id}")
    assert (form["job"], form["form"], form["open"]) == ("change_address", "address_form", "new_address")
    assert [(each["slot"], each["kind"], each["by"]) for each in form["fields"]] == [
        ("order_id", "order", "bot"),
        ("new_address", "address", None),
        ("address_confirmed", "confirm", None),
    ]
    assert _field(form, "order_id")["shown"] == "#1060"
    assert "cancel_order" in form["jobs"]
    view = await agent.get(f"/conversations/{waiting_with_form.id}")
    assert view["form"] == form


async def test_trainer_sees_the_form_and_nobodys_answers(trainer: DeskClient, waiting_with_form: Shopper) -> None:
    form = (await trainer.get(f"/conversations/{waiting_with_form.id}"))["form"]
    assert form["open"] == "new_address"
    assert {each["shown"] for each in form["fields"]} == {""}
    assert form["candidates"] == []
    assert (await trainer.refused("GET", f"/conversations/{waiting_with_form.id}/form"))[1] == "forbidden"


async def test_address_filled_in_is_the_agents_and_the_next_question_opens(
    agent: DeskClient, waiting_with_form: Shopper
) -> None:
    here = await _has(agent, waiting_with_form)
    form = await _fills(agent, here, "new_address", HOME)
    assert form["open"] == "address_confirmed"
    field = _field(form, "new_address")
    assert (field["by"], field["filled"]) == ("agent", True)
    assert field["shown"].startswith("Nurul Huda Ismail, 12 Jalan Kebun, 41000 Klang, Selangor")
    back = (await agent.delete(f"{here}/fields/new_address"))["form"]
    assert back["open"] == "new_address"
    assert _field(back, "new_address")["value"] is None


async def test_name_and_phone_that_the_agent_leaves_out_stay_the_orders(
    agent: DeskClient, waiting_with_form: Shopper, desk: Desk
) -> None:
    here = await _has(agent, waiting_with_form)
    form = await _fills(agent, here, "new_address", {"line1": "3 Jalan Kebun", "city": "Klang", "postcode": "41000"})
    value = _field(form, "new_address")["value"]
    assert (value["name"], value["country"], value["region"]) == ("Nurul Huda Ismail", "MY", "Selangor")


async def test_wrong_address_is_refused_part_by_part(agent: DeskClient, waiting_with_form: Shopper) -> None:
    here = await _has(agent, waiting_with_form)
    wrong = {"value": {**HOME, "postcode": "4", "city": ""}}
    status, code, problem = await agent.refused("PUT", f"{here}/fields/new_address", wrong)
    assert (status, code) == (422, "wrong_field")
    assert set(problem["errors"]) == {"postcode", "city"}
    assert all(sentence.strip() for sentence in problem["errors"].values())


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("address_confirmed", True),
        ("cancel_reason", "because"),
        ("cancel_reason", None),
        ("return_items", [{"id": "nine", "quantity": 1}]),
        ("return_items", [{"id": "1", "quantity": 10000}]),
        ("return_items", []),
        ("return_photos", ["p_of_somebody_else"]),
        ("return_conditions.gilded", True),
        ("return_conditions.unused", "perhaps"),
        ("new_address", "somewhere"),
        ("new_address", {**HOME, "line1": 7}),
        ("new_address", {**HOME, "secret": "x"}),
        ("order_id", "9999999"),
        ("order_id", {"number": "1060", "proof": "nobody@example.com", "more": 1}),
        ("handoff_reason", "x"),
        ("proved_orders", ["ord_1060"]),
    ],
)
async def test_what_is_no_answer_is_refused(
    agent: DeskClient, waiting_with_form: Shopper, slot: str, value: Any
) -> None:
    here = await _has(agent, waiting_with_form)
    status, code, _ = await agent.refused("PUT", f"{here}/fields/{slot}", {"value": value})
    assert (status, code) == (422, "wrong_field")


async def test_who_does_not_have_the_conversation_is_told_who_has(
    agent: DeskClient, other_agent: DeskClient, waiting_with_form: Shopper
) -> None:
    here = await _has(agent, waiting_with_form)
    for method, path, body in (
        ("PUT", f"{here}/fields/new_address", {"value": HOME}),
        ("DELETE", f"{here}/fields/new_address", None),
        ("POST", f"{here}/hand_back", {}),
    ):
        status, code, problem = await other_agent.refused(method, path, body)
        assert (status, code, problem["owner"]["name"]) == (409, "not_owner", "Aini")


async def test_order_is_found_with_the_proof_that_the_shopper_told_the_agent(
    agent: DeskClient, waiting: Shopper, engine: DeskEngine
) -> None:
    here = await _has(agent, waiting)
    assert (await agent.refused("PUT", f"{here}/fields/order_id", {"value": "1060"}))[1] == "wrong_field"
    await waiting.post(text="order no 1060, my mail is nurul@example.com")
    offered = (await _form(agent, here))["candidates"]
    assert [(each["slot"], each["value"], each["shown"]) for each in offered] == [("order_id", "1060", "#1060")]
    form = await _fills(agent, here, "order_id", "1060")
    assert _field(form, "order_id")["shown"] == "#1060"
    assert (form["open"], form["candidates"]) == (None, [])  # no form is open, and it is ticked


async def test_form_of_a_job_to_begin_has_its_fields(agent: DeskClient, waiting_with_form: Shopper) -> None:
    here = await _has(agent, waiting_with_form)
    form = await _form(agent, here, job="request_return")
    assert (form["job"], form["open"]) == ("request_return", "return_items")
    assert [each["value"] for each in _field(form, "return_items")["options"]] == ["1"]
    await _fills(agent, here, "return_items", [{"id": "1", "quantity": 1}])
    await _fills(agent, here, "return_reason", "changed_mind")
    form = await _form(agent, here, job="request_return")
    conditions = [each for each in form["fields"] if each["slot"].startswith("return_conditions.")]
    assert form["open"] == conditions[0]["slot"]
    for each in conditions:
        assert each["label"].endswith("?")
        await _fills(agent, here, each["slot"], True)
    form = await _form(agent, here, job="request_return")
    assert form["open"] == "return_wish"  # a change of mind takes no photo
    assert _field(form, "return_conditions.unused")["shown"] == "Yes"
    assert (await agent.refused("GET", f"{here}/form?job=fly"))[1] == "invalid"


async def test_address_and_photo_told_to_the_agent_are_offered_and_never_taken_by_themselves(
    agent: DeskClient, waiting_with_form: Shopper
) -> None:
    here = await _has(agent, waiting_with_form)
    await waiting_with_form.post(text="12 Jalan Kebun, 41000 Klang, Selangor")
    form = await _form(agent, here)
    assert [(each["slot"], each["shown"]) for each in form["candidates"]] == [
        ("new_address", "12 Jalan Kebun, 41000 Klang, Selangor")
    ]
    assert form["open"] == "new_address"
    ticked = await _fills(agent, here, "new_address", form["candidates"][0]["value"])
    assert ticked["open"] == "address_confirmed"


async def test_hand_back_takes_the_facts_along_and_the_bot_answers(
    agent: DeskClient, waiting_with_form: Shopper, engine: DeskEngine
) -> None:
    here = await _has(agent, waiting_with_form)
    await _fills(agent, here, "new_address", HOME)
    async with waiting_with_form.tab() as tab:
        await agent.post(f"{here}/hand_back", {"job": "change_address"})
        await tab.until(type="owner", owner={"kind": "bot"})
    assert await waiting_with_form.owner() == "bot"
    assert "The assistant is with you again." in [each["text"] for each in await waiting_with_form.messages()]
    until(lambda: bool(_handed_back(engine, waiting_with_form)))
    values = _handed_back(engine, waiting_with_form)[0]["values"]
    assert values["slots"]["new_address"]["line1"] == "12 Jalan Kebun"
    assert (values["job"], values["agent"]) == ("change_address", "Aini")
    assert (await agent.get(here))["facts"] == []
