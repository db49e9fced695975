"""One conversation at the desk: everything that is known of it in one answer, and who looked at it."""

from __future__ import annotations

import io
import secrets

from PIL import Image

from tests.desk.conftest import Enter
from tests.desk.desk_client import DeskClient
from tests.desk.processes import ORDER_NUMBER
from tests.gateway.shopper import Shopper


def a_photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, "JPEG")
    return out.getvalue()


async def test_an_agent_sees_all_that_is_known_at_once(agent: DeskClient, waiting_with_form: Shopper) -> None:
    view = await agent.get(f"/conversations/{waiting_with_form.id}")
    assert view["conversation"]["id"] == waiting_with_form.id
    assert view["conversation"]["order"]["number"] == ORDER_NUMBER
    assert view["shopper"]["kind"] == "guest"
    assert len(view["shopper"]["proved_orders"]) == 1
    assert (view["form"]["form"], view["form"]["open"]) == ("address_form", "new_address")
    assert [(each["job"], each["outcome"]) for each in view["tried"]] == [("change_address", "failed")]
    handoff = view["handoffs"][0]
    assert (handoff["from_seq"], handoff["form"]["name"]) == (1, "address_form")
    assert [each["seq"] for each in view["messages"]] == list(range(1, len(view["messages"]) + 1))
    assert view["more"] is False
    assert [view[part] for part in ("notes", "labels", "facts", "dropped")] == [[], [], [], []]
    assert view["satisfaction"] is None


async def test_long_conversations_come_in_pages(agent: DeskClient, waiting: Shopper) -> None:
    for number in range(120 - len(await waiting.messages())):
        await waiting.post(text=f"message {number}")
    view = await agent.get(f"/conversations/{waiting.id}")
    assert ([each["seq"] for each in view["messages"]], view["more"]) == (list(range(21, 121)), True)
    older = await agent.get(f"/conversations/{waiting.id}/messages", before=21)
    assert ([each["seq"] for each in older["messages"]], older["more"]) == (list(range(1, 21)), False)
    newer = await agent.get(f"/conversations/{waiting.id}/messages", after=118)
    assert ([each["seq"] for each in newer["messages"]], newer["more"]) == ([119, 120], False)
    assert (await agent.refused("GET", f"/conversations/{waiting.id}/messages?after=x"))[:2] == (422, "invalid")


async def test_every_look_is_written_down_once(
    supervisor: DeskClient, other_agent: DeskClient, waiting: Shopper
) -> None:
    for path in ("", "", "/messages"):
        await other_agent.get(f"/conversations/{waiting.id}{path}")
    audit = await supervisor.get("/audit", conversation=waiting.id, agent=other_agent.id)
    assert [each["what"] for each in audit["entries"]] == ["looked"]


async def test_a_trainer_learns_from_it_without_seeing_anybodys_data(trainer: DeskClient, enter: Enter) -> None:
    shopper = await enter("a person with form please", "I am siti@example.com, call +60 12-345 6789")
    view = await trainer.get(f"/conversations/{shopper.id}")
    text = str(view)
    for personal in ("siti@", "345 6789"):
        assert personal not in text
    assert set(view["shopper"]) == {"kind", "locale", "time_zone"}
    assert view["form"]["form"] == "address_form"
    assert all(each["value"] is None for each in view["form"]["fields"])
    answered = await trainer.refused("POST", f"/conversations/{shopper.id}/messages", {"client_id": "a", "text": "x"})
    assert answered[:2] == (403, "forbidden")


async def test_photos_go_both_ways(agent: DeskClient, trainer: DeskClient, waiting: Shopper) -> None:
    path = f"/conversations/{waiting.id}"
    as_agent = {"Content-Type": "image/jpeg", "X-CSRF-Token": agent.csrf}
    early = await agent.http.post(f"{path}/photos", content=a_photo(), headers=as_agent)
    assert (early.status_code, early.json()["code"]) == (409, "not_owner")
    await agent.post(f"{path}/claim")
    sent = await agent.http.post(f"{path}/photos", content=a_photo(), headers=as_agent)
    photo_id = sent.json()["photo_id"]
    seq = (await agent.post(f"{path}/messages", {"client_id": secrets.token_hex(4), "photo": photo_id}))["seq"]
    shown = (await waiting.messages(after=seq - 1))[0]
    assert shown["card"]["photo_id"] == photo_id
    got = await waiting.http.get(f"{waiting.path}/photos/{photo_id}", headers=waiting.headers)
    assert got.content[:2] == b"\xff\xd8"
    as_shopper = {**waiting.headers, "Content-Type": "image/jpeg"}
    theirs = await waiting.http.post(f"{waiting.path}/photos", content=a_photo(), headers=as_shopper)
    seen = await agent.request("GET", f"{path}/photos/{theirs.json()['photo_id']}")
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/jpeg")
    assert (await trainer.refused("GET", f"{path}/photos/{photo_id}"))[0] == 403


async def test_what_is_not_there_is_not_found(agent: DeskClient) -> None:
    for path in ("", "/messages", "/photos/none"):
        assert (await agent.refused("GET", f"/conversations/c_none{path}"))[:2] == (404, "not_found")
    sent = await agent.refused("POST", "/conversations/c_none/messages", {"client_id": "a", "text": "x"})
    assert sent[:2] == (404, "not_found")


async def test_an_answer_is_checked(agent: DeskClient, waiting: Shopper) -> None:
    path = f"/conversations/{waiting.id}/messages"
    await agent.post(f"/conversations/{waiting.id}/claim")
    for body in ({"text": "x"}, {"client_id": "a"}, {"client_id": "a", "text": " "}, {"client_id": "ü", "text": "x"}):
        assert (await agent.refused("POST", path, body))[:2] == (422, "invalid")
    await agent.post(path, {"client_id": "a", "text": "one"})
    assert (await agent.refused("POST", path, {"client_id": "a", "text": "two"}))[:2] == (409, "client_id_reused")


async def test_html_stays_text(agent: DeskClient, waiting: Shopper) -> None:
    await agent.post(f"/conversations/{waiting.id}/claim")
    said = '<img src=x onerror="alert(1)">'
    seq = (await agent.post(f"/conversations/{waiting.id}/messages", {"client_id": "h", "text": said}))["seq"]
    assert (await waiting.messages(after=seq - 1))[0]["text"] == said
