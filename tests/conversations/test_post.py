"""Messages come in: numbered, once, with a turn while the bot owns the conversation."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.engine import Connection

from bot.conversations.database import ConversationLog
from bot.conversations.errors import ClientIdReused, NoConversation, UnknownChoice, UnknownPhoto
from bot.conversations.photos import Photo, keep_photo
from bot.conversations.post import Incoming
from bot.conversations.records import BOT, Customer, Owner
from tests.conversations.play import Play

AGENT = Owner("agent", "a1", "Aisyah")


async def test_messages_are_numbered_from_one_without_gaps(play: Play) -> None:
    assert [(await play.says()).seq for _ in range(3)] == [1, 2, 3]


async def test_a_resend_is_the_same_row(play: Play) -> None:
    first = await play.says("hello", "c1")
    again = await play.says("hello", "c1")
    assert (again.seq, again.turn_id, again.new) == (first.seq, first.turn_id, [])
    assert len(await play.turns()) == 1


async def test_another_text_under_a_used_client_id_is_refused_and_stores_nothing(play: Play) -> None:
    await play.says("hello", "c1")
    with pytest.raises(ClientIdReused):
        await play.says("goodbye", "c1")
    assert len(await play.messages()) == 1


async def test_the_same_client_id_in_another_conversation_is_another_message(play: Play, log: ConversationLog) -> None:
    other = await Play.begin(log)
    await play.says("hello", "c1")
    await other.says("goodbye", "c1")
    assert [message.text for message in await other.messages()] == ["goodbye"]


async def test_many_at_once_get_gapless_numbers_and_resends_are_one(play: Play) -> None:
    posted = await asyncio.gather(*(play.says(f"m{n % 20}", f"c{n % 20}") for n in range(60)))
    assert sorted({each.seq for each in posted}) == list(range(1, 21))
    assert [message.seq for message in await play.messages()] == list(range(1, 21))


async def test_two_logs_on_one_file_still_count_without_gaps(play: Play, log: ConversationLog) -> None:
    other = ConversationLog(f"sqlite:///{await _file_of(log)}")
    twin = Play(other, play.started)
    await asyncio.gather(*(each.says(f"m{n}") for n in range(25) for each in (play, twin)))
    await other.close()
    assert [message.seq for message in await play.messages()] == list(range(1, 51))


async def _file_of(log: ConversationLog) -> str:
    return str(await log.read(lambda c: c.exec_driver_sql("PRAGMA database_list").first().file))


async def test_while_a_person_owns_the_conversation_there_is_no_turn(play: Play) -> None:
    await play.moves(BOT, AGENT)
    assert (await play.says()).turn_id is None
    assert await play.turns() == []


async def test_the_signed_in_customer_goes_with_every_turn(log: ConversationLog) -> None:
    play = await Play.begin(log, Customer("cus_17", "Siti", "siti@example.com"))
    await play.says()
    assert (await play.begun()).context["customer"] == {"id": "cus_17", "name": "Siti", "email": "siti@example.com"}


async def test_a_turn_may_begin_with_its_message_but_only_if_none_is_open(play: Play) -> None:
    first = await play.says(runner="r1")
    second = await play.says(runner="r1")
    assert first.begun is not None
    assert first.begun.id == first.turn_id
    assert second.begun is None
    await play.answers(first.begun)
    assert (await play.begun()).id == second.turn_id


async def test_a_photo_of_this_conversation_only(play: Play, log: ConversationLog) -> None:
    other = await Play.begin(log)
    photo = Photo("p1", 10, 20, 300)
    await log.write(lambda connection: keep_photo(connection, play.id, photo, play.now))
    assert (await play.sends(Incoming("c1", photo="p1"))).new[0].card == {
        "type": "photo",
        "photo_id": "p1",
        "width": 10,
        "height": 20,
    }
    with pytest.raises(UnknownPhoto):
        await other.sends(Incoming("c1", photo="p1"))


async def test_a_choice_that_was_never_offered_and_a_conversation_that_is_not_there(play: Play) -> None:
    with pytest.raises(UnknownChoice):
        await play.chooses("nothing")
    play.id = "c_nothing"
    with pytest.raises(NoConversation):
        await play.says()


async def test_what_breaks_in_a_transaction_leaves_nothing(play: Play, log: ConversationLog) -> None:
    async def half_done() -> None:
        def work(connection: Connection) -> None:
            connection.exec_driver_sql("update conversations set next_seq = 99")
            raise RuntimeError("broken")

        await log.write(work)

    with pytest.raises(RuntimeError):
        await half_done()
    assert (await play.conversation()).next_seq == 1


async def test_a_caller_who_goes_away_leaves_a_whole_message(play: Play) -> None:
    for number in range(20):
        task = asyncio.create_task(play.says(f"m{number}", f"c{number}"))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await play.says("last", "last")
    said = await play.messages()
    assert [message.seq for message in said] == list(range(1, len(said) + 1))
    assert len(await play.turns()) == len(said)
