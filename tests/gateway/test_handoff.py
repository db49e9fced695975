"""The conversation goes to a person, with all that is known."""

from __future__ import annotations

import time

import jwt
import pytest

from tests.gateway.conftest import CUSTOMER_SECRET
from tests.gateway.log_reader import rows
from tests.gateway.processes import Engine, Gateway
from tests.gateway.shopper import Shopper


async def test_shopper_who_wants_a_person_goes_to_the_queue_with_the_record(shopper: Shopper, gateway: Gateway) -> None:
    await shopper.ask("hello")
    async with shopper.tab(after=2) as tab:
        replies = await shopper.ask("a person please")
        await tab.until(type="owner", owner={"kind": "queue"})
    # Nobody is at this desk: the bot's reply, when somebody will be, the form for an email.
    assert [reply["author"]["kind"] for reply in replies] == ["bot", "system", "system"]
    assert await shopper.owner() == "queue"
    [handoff] = rows(gateway.database, "handoffs", shopper.id)
    assert (handoff["from_seq"], handoff["to_seq"], handoff["reason"]) == (1, 6, "wish_for_person")
    assert handoff["record"]["slots"] == {"a": 1}
    [change] = rows(gateway.database, "owner_changes", shopper.id)
    assert (change["from_kind"], change["to_kind"], change["by_kind"], change["why"]) == (
        "bot",
        "queue",
        "bot",
        "wish_for_person",
    )


async def test_what_is_said_to_the_shopper_tells_its_language(shopper: Shopper, gateway: Gateway) -> None:
    [reply] = await shopper.ask("bahasa indonesia ya")
    assert reply["language"] == "id"
    replies = await shopper.ask("bahasa, a person please")
    assert [(each["author"]["kind"], each["language"]) for each in replies] == [
        ("bot", "id"),
        ("system", "id"),
        ("system", "id"),
    ]
    assert [each.get("language") for each in await shopper.messages()] == [None, "id", None, "id", "id", "id"]


async def test_what_is_said_in_the_queue_never_reaches_the_engine(shopper: Shopper, engine: Engine) -> None:
    await shopper.ask("a person please")
    assert await shopper.ask("are you there, nobody?") == []
    assert not [turn for turn in engine.asked() if turn["input"].get("text") == "are you there, nobody?"]
    assert (await shopper.messages())[-1]["text"] == "are you there, nobody?"


async def test_messages_that_waited_behind_the_handoff_go_to_the_person_too(
    shopper: Shopper, engine: Engine, gateway: Gateway
) -> None:
    await shopper.post(text="slow a person please")
    waiting = await shopper.post(text="and one more thing", wait=10)
    assert (waiting.status_code, waiting.json()["replies"]) == (200, [])
    assert [turn["state"] for turn in rows(gateway.database, "turns", shopper.id)] == ["done", "queued"]
    assert not [turn for turn in engine.asked() if turn["input"].get("text") == "and one more thing"]


async def test_shopper_leaves_an_email_after_the_handoff(shopper: Shopper, engine: Engine, gateway: Gateway) -> None:
    form = (await shopper.ask("a person please"))[-1]["card"]
    assert form["type"] == "email_form"
    refused = await shopper.post(choice=form["submit"], values={"email": "not an address"}, wait=5)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_email")
    asked = len(engine.asked())
    [thanks] = await shopper.replies(choice=form["submit"], values={"email": "Siti@Example.com"})
    assert thanks["author"]["kind"] == "system"
    assert "Siti@example.com" in thanks["text"]
    [handoff] = rows(gateway.database, "handoffs", shopper.id)
    assert handoff["contact_email"] == "Siti@example.com"
    assert len(engine.asked()) == asked


async def test_a_signed_in_shopper_whose_email_is_known_is_not_asked_for_it(shopper: Shopper, gateway: Gateway) -> None:
    claims = {"sub": "cus_17", "aud": "ramah", "exp": time.time() + 60, "name": "Siti", "email": "siti@example.com"}
    await shopper.enter(customer_token=jwt.encode(claims, CUSTOMER_SECRET, "HS256", {"kid": "shop-1"}))
    replies = await shopper.ask("a person please")
    assert [reply["author"]["kind"] for reply in replies] == ["bot", "system"]
    assert replies[-1].get("card") is None
    assert rows(gateway.database, "handoffs", shopper.id)[0]["contact_email"] == "siti@example.com"


@pytest.mark.parametrize("fault", ["fail 400", "fail 500", "nonsense", "say nothing"])
async def test_an_engine_that_cannot_answer_makes_an_honest_sentence_and_a_handoff(
    shopper: Shopper, gateway: Gateway, fault: str
) -> None:
    await shopper.ask("hello")
    replies = await shopper.ask(fault)
    assert [reply["author"]["kind"] for reply in replies] == ["system", "system", "system"]
    assert "colleague" in replies[0]["text"]
    [handoff] = rows(gateway.database, "handoffs", shopper.id)
    assert (handoff["reason"], handoff["from_seq"], handoff["to_seq"]) == ("bot_failed", 1, 6)
    record = handoff["record"]
    assert record["slots"] == {"last_words": "hello"}
    assert record["form"] == {"name": "say_form", "asks": "words"}
    assert record["tried"][-1]["outcome"] == "failed"
    assert await shopper.owner() == "queue"
