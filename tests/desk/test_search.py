"""Search: by what was said, by order, shopper and id; whatever is typed, and shown to whom."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.dialects import postgresql

from bot.conversations.contact import normal_email
from bot.conversations.database import ConversationLog
from bot.conversations.migrate import migrate
from bot.conversations.records import Customer
from bot.conversations.tables import conversations, handoffs
from bot.desk.conversation.labels import change_labels
from bot.desk.conversation.search import Hit, Wanted, search, statement_for
from bot.desk.conversation.snippet import Part, snippet
from bot.desk.queue.claims import claim
from tests.conversations.play import Play
from tests.desk.conftest import Enter
from tests.desk.desk_client import DeskClient
from tests.desk.room import Room


async def _find(room: Room, text: str = "", *, masked: bool = False, **more: object) -> list[Hit]:
    wanted = Wanted(text=text, **more)  # type: ignore[arg-type]
    return await room.log.read(lambda connection: search(connection, wanted, masked=masked))


async def _found(room: Room, text: str = "", **more: object) -> list[str]:
    return [hit.conversation_id for hit in await _find(room, text, **more)]


async def _waiting(room: Room, *says: str, **about: str) -> Play:
    play = await room.waiting(**about)
    for text in says:
        await room.says(play, text)
    return play


async def test_words_are_found_in_any_order_without_accents_and_half_typed(room: Room) -> None:
    hers = await _waiting(room, "Where is the Café lamp that I ordered?")
    await _waiting(room, "My table is broken")
    for typed in ("lamp cafe", "CAFÉ", "lamp order", "ordered la"):
        assert await _found(room, typed) == [hers.id]
    assert await _found(room, "lam cafe") == []  # only the last word may be half


async def test_a_hit_shows_where_it_is(room: Room) -> None:
    play = await _waiting(room, "<b>Where</b> is my lamp? The lamps were two.")
    hit = (await _find(room, "lamp"))[0]
    assert hit.conversation_id == play.id
    assert [part.text for part in hit.snippet if part.hit] == ["lamp", "lamps"]
    assert "".join(part.text for part in hit.snippet) == "<b>Where</b> is my lamp? The lamps were two."
    assert (await play.messages())[(hit.seq or 0) - 1].text.startswith("<b>")


def test_a_snippet_of_a_long_message_is_what_is_around_the_first_hit() -> None:
    parts = snippet("word " * 100 + "the red Lámp stands here " + "word " * 100, ["red", "lam"])
    assert [part for part in parts if part.hit] == [Part("red", True), Part("Lámp", True)]
    assert (parts[0], parts[-1]) == (Part("…", False), Part("…", False))
    assert len("".join(part.text for part in parts)) < 200
    assert snippet("", ["a"]) == []
    assert snippet("nothing", []) == [Part("nothing", False)]


async def test_the_newest_come_first_and_each_conversation_once(room: Room) -> None:
    first, second = await _waiting(room, "lamp", "lamp again"), await _waiting(room, "a lamp")
    hits = await _find(room, "lamp")
    assert [hit.conversation_id for hit in hits] == [second.id, first.id]
    assert hits[1].snippet[-1].text == " again"
    assert await _found(room, "lamp", limit=1) == [second.id]


async def test_order_number_shopper_and_id_find_the_conversation_itself(room: Room) -> None:
    siti = await Play.begin(room.log, Customer("c1", "Siti 100% Aminah", "Siti@Example.com"))
    guest = await _waiting(room, "hello", "somebody else wrote #W1060")
    await room.write(
        lambda connection: connection.execute(
            update(conversations).where(conversations.c.id == siti.id).values(order_number="#W1060")
        )
    )
    assert await _found(room, "W1060", numbers=["W1060", "#W1060"]) == [siti.id, guest.id]
    for typed in (siti.id, "siti@example.com", "aminah", "100% a"):
        assert await _found(room, typed) == [siti.id]
    assert await _found(room, "%") == []
    assert await _found(room, email="SITI@example.com") == [siti.id]


async def test_who_left_an_address_is_found_by_it(room: Room) -> None:
    guest = await _waiting(room)
    left = normal_email("guest@example.com")
    await room.write(
        lambda connection: connection.execute(
            update(handoffs).where(handoffs.c.conversation_id == guest.id).values(contact_email=left)
        )
    )
    assert await _found(room, "guest@example.com") == [guest.id]


async def test_filters_hold_with_words_and_without(room: Room) -> None:
    aini = await room.agent("Aini")
    mine = await _waiting(room, "lamp", reason="upset", language="id")
    other = await _waiting(room, "lamp")
    await room.write(lambda c: claim(c, mine.id, aini, room.now))
    await room.write(lambda c: change_labels(c, mine.id, add=["refund"], known=["refund"]))
    await room.write(
        lambda c: c.execute(update(conversations).where(conversations.c.id == other.id).values(status="snoozed"))
    )
    for typed in ("lamp", ""):
        for filters in ({"owner": aini.id}, {"label": "refund"}, {"reason": "upset"}, {"language": "id"}):
            assert await _found(room, typed, **filters) == [mine.id], filters
        for filters in ({"owner": "queue"}, {"status": "snoozed"}, {"language": "en"}):
            assert await _found(room, typed, **filters) == [other.id], filters
        assert await _found(room, typed, begins=room.now + timedelta(minutes=1)) == []
        assert await _found(room, typed, ends=room.now) == []
        assert set(await _found(room, typed, begins=room.now, ends=room.now + timedelta(1))) == {mine.id, other.id}


async def test_masked_search_neither_shows_nor_tells_of_personal_data(room: Room) -> None:
    play = await _waiting(room, "My lamp: write to siti@example.com, please")
    await Play.begin(room.log, Customer("c1", "Siti", "siti@example.com"))
    for typed in ("siti", "siti@example.com", "SITI@EX"):
        assert await _found(room, typed, masked=True) == []
    hit = (await _find(room, "lamp", masked=True))[0]
    assert hit.conversation_id == play.id
    assert "siti" not in "".join(part.text for part in hit.snippet)


@pytest.mark.parametrize(
    "typed", ['"', 'a" OR "b', "NEAR(a b)", "text:a", "a*b", "^a", "-a", "a AND", "(", "''; --", "😀"]
)
async def test_what_is_typed_is_never_syntax(room: Room, typed: str) -> None:
    await _waiting(room, "a b")
    await _find(room, typed)


def test_whatever_is_typed_is_searched_without_an_error(tmp_path: Path) -> None:
    loop = asyncio.new_event_loop()
    log = ConversationLog(f"sqlite:///{tmp_path / 'conversations.db'}")
    loop.run_until_complete(migrate(log))
    room = Room(log)
    play = loop.run_until_complete(_waiting(room, "Where is my lamp?"))

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(typed=st.text(st.characters(), max_size=60), masked=st.booleans())
    @example(typed="\0", masked=False)
    @example(typed="\ud800 lamp", masked=False)
    @example(typed="a" * 5000, masked=True)
    @example(typed="² ① ゔ कि \u0301", masked=False)
    def anything(typed: str, masked: bool) -> None:
        for filters in ({}, {"email": typed, "label": typed, "language": typed, "reason": typed, "owner": typed}):
            hits = loop.run_until_complete(_find(room, typed, masked=masked, **filters))
            assert {hit.conversation_id for hit in hits} <= {play.id}

    try:
        anything()
    finally:
        loop.run_until_complete(log.close())
        loop.close()


def test_postgresql_gets_its_own_search() -> None:
    """Compiled only: there is no PostgreSQL here to run it on."""
    compiled = statement_for("postgresql", ["lamp", "ord"], Wanted(owner="queue", label="refund")).compile(
        dialect=postgresql.dialect()
    )
    assert "to_tsvector" in str(compiled)
    assert "message_search" not in str(compiled)
    assert "'lamp' & 'ord':*" in compiled.params.values()


async def test_agents_search_and_it_is_written_down(agent: DeskClient, admin: DeskClient, enter: Enter) -> None:
    shopper = await enter("my zanzibar lamp is broken", "a person please")
    found = (await agent.get("/search", q="zanzibar la"))["results"]
    assert [each["conversation"]["id"] for each in found] == [shopper.id]
    assert {"text": "zanzibar", "hit": True} in found[0]["snippet"]
    entries = (await admin.get("/audit", agent=agent.id))["entries"]
    searched = next(entry for entry in entries if entry["what"] == "searched")
    assert searched["data"] == {"q": "zanzibar la", "conversations": [shopper.id]}


async def test_a_trainer_searches_masked_texts_only(trainer: DeskClient, enter: Enter) -> None:
    shopper = await enter("my quixotic lamp, siti@example.com", "a person please")
    found = (await trainer.get("/search", q="quixotic"))["results"]
    assert found[0]["conversation"]["id"] == shopper.id
    assert "siti" not in str(found)
    assert (await trainer.get("/search", q="siti"))["results"] == []
    assert (await trainer.refused("GET", "/search?email=siti@example.com"))[:2] == (403, "forbidden")


@pytest.mark.parametrize("query", ["status=gone", "from=yesterday", "to=2026-13-01", "limit=-1", f"q={'a' * 201}"])
async def test_a_search_that_cannot_be_is_refused(agent: DeskClient, query: str) -> None:
    assert (await agent.refused("GET", f"/search?{query}"))[:2] == (422, "invalid")


async def test_days_are_the_shops_and_whole(agent: DeskClient, enter: Enter) -> None:
    await enter("my vermilion lamp is broken", "a person please")
    assert (await agent.get("/search", q="vermilion", **{"from": "2020-01-01", "to": "9999-12-30"}))["results"]
    assert not (await agent.get("/search", q="vermilion", to="2020-01-01T00:00:00Z"))["results"]
    assert (await agent.refused("GET", "/search?to=9999-12-31"))[:2] == (422, "invalid")
