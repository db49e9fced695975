"""To a person and back: one owner at a time, and the record that goes along."""

from __future__ import annotations

import asyncio

import pytest

from bot.conversations.database import ConversationLog
from bot.conversations.errors import InvalidContact
from bot.conversations.records import BOT, QUEUE, Customer, Handoff, Owner, Reply
from tests.conversations.play import Play

AGENT = Owner("agent", "a1", "Aisyah")


async def _handed_over(play: Play) -> None:
    await play.says("a person please")
    handoff = Handoff("wish_for_person", {"slots": {"order_id": "o1"}})
    finished = await play.answers(await play.begun(), Reply("I'll get somebody."), handoff=handoff)
    assert finished.owner is not None


async def test_replies_owner_and_record_come_together(play: Play) -> None:
    await _handed_over(play)
    assert (await play.conversation()).owner == QUEUE
    [handoff] = await play.handoffs()
    assert (handoff.reason, handoff.record) == ("wish_for_person", {"slots": {"order_id": "o1"}})
    assert (handoff.from_seq, handoff.to_seq) == (1, 3)
    assert [message.author.kind for message in await play.messages()] == ["shopper", "bot", "system"]


async def test_the_second_handoffs_transcript_begins_where_the_bot_came_back(play: Play) -> None:
    await _handed_over(play)
    await play.moves(QUEUE, AGENT)
    await play.says("for the agent only")
    await play.moves(AGENT, BOT)
    await _handed_over(play)
    assert [(each.from_seq, each.to_seq) for each in await play.handoffs()] == [(1, 3), (5, 7)]


async def test_of_many_agents_who_claim_at_once_one_gets_it(play: Play) -> None:
    await _handed_over(play)
    agents = [Owner("agent", f"a{n}", f"Agent {n}") for n in range(10)]
    got = await asyncio.gather(*(play.moves(QUEUE, agent) for agent in agents))
    assert got.count(True) == 1
    assert (await play.conversation()).owner == agents[got.index(True)]


async def test_an_agent_cannot_take_from_an_owner_who_is_gone(play: Play) -> None:
    await _handed_over(play)
    assert await play.moves(QUEUE, AGENT)
    assert not await play.moves(Owner("agent", "a2"), BOT)
    assert not await play.moves(QUEUE, Owner("agent", "a2"))
    assert await play.moves(AGENT, BOT)


async def test_when_the_engine_gives_no_record_the_log_makes_one_of_what_it_has(log: ConversationLog) -> None:
    play = await Play.begin(log, Customer("cus_17", "Siti", "siti@example.com"))
    tried = [{"at": "…", "job": "cancel_order", "outcome": "failed", "reason": "unavailable", "data": {}}]
    slots = {"order_snapshot": {"number": "1"}, "tried": tried, "proved_orders": ["o1"]}
    form = {"name": "return_form", "asks": "return_items"}
    await play.says()
    await play.answers(await play.begun(), state={"slots": slots, "form": form})
    await play.says()
    await play.fails(await play.begun())
    play.later()
    assert (await play.gives_up(await play.begun())).owner == QUEUE
    [handoff] = await play.handoffs()
    record = handoff.record
    assert handoff.reason == "bot_failed"
    assert record["identity"] == {
        "customer": {"id": "cus_17", "name": "Siti", "email": "siti@example.com"},
        "proved_orders": ["o1"],
    }
    assert (record["order_snapshot"], record["form"]) == ({"number": "1"}, form)
    assert record["tried"][0] == tried[0]
    assert record["tried"][1]["data"]["attempts"] == 2
    assert handoff.contact_email == "siti@example.com"


async def test_the_email_left_is_on_the_record_and_the_last_one_counts(play: Play) -> None:
    await _handed_over(play)
    card = (await play.messages())[-1].card
    assert card is not None
    assert card["type"] == "email_form"
    for email in ("siti@example.com", "siti@work.example.com"):
        posted = await play.chooses(card["submit"], email=email)
        assert [message.text for message in posted.new] == [email, f"Thanks (en), {email}."]
    assert (await play.handoffs())[0].contact_email == "siti@work.example.com"
    assert len(await play.turns()) == 1


async def test_the_gateways_own_sentences_follow_the_conversations_language(play: Play) -> None:
    await play.says("pesanan saya di mana ya")
    await play.answers(await play.begun(), Reply("Sebentar ya."), language="id")
    assert (await play.conversation()).speaks == "id"
    await play.says("mau bicara sama orang")
    handoff = Handoff("wish_for_person", {"language": "id"})
    await play.answers(await play.begun(), Reply("Oke."), handoff=handoff, language="id")
    card = (await play.messages())[-1].card
    assert card is not None
    await play.chooses(card["submit"], email="siti@example.com")
    said = [(message.text, message.language) for message in await play.messages() if message.author.kind != "shopper"]
    assert said == [
        ("Sebentar ya.", "id"),
        ("Oke.", "id"),
        ("Your email (id)?", "id"),
        ("Thanks (id), siti@example.com.", "id"),
    ]


async def test_an_engine_that_fails_is_explained_in_the_conversations_language(play: Play) -> None:
    await play.says("parcel saya mana")
    await play.answers(await play.begun(), language="ms")
    await play.says("hello?")
    await play.gives_up(await play.begun())
    assert [message.text for message in (await play.messages())[-2:]] == ["Sorry (ms).", "Your email (ms)?"]
    assert (await play.handoffs())[0].record["language"] == "ms"


async def test_an_engine_that_tells_no_language_leaves_the_one_spoken(play: Play) -> None:
    await play.says()
    await play.answers(await play.begun(), language="ms")
    await play.says()
    await play.answers(await play.begun())
    assert (await play.conversation()).language == "ms"


@pytest.mark.parametrize("email", ["", "siti", "siti@", "@example.com", "a@b", "siti@example.com\nBcc: x@example.com"])
async def test_what_is_no_address_is_refused_and_stores_nothing(play: Play, email: str) -> None:
    await _handed_over(play)
    card = (await play.messages())[-1].card
    assert card is not None
    with pytest.raises(InvalidContact):
        await play.chooses(card["submit"], email=email)
    assert len(await play.messages()) == 3
