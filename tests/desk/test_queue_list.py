"""What stands in an agent's lists, in which order, and what a supervisor sees at a glance."""

from __future__ import annotations

from functools import partial

from sqlalchemy import insert

from bot.conversations.records import Customer
from bot.desk.people.agent import Agent
from bot.desk.queue.bulk import do_all
from bot.desk.queue.claims import AlreadyTaken, claim
from bot.desk.queue.overview import since_midnight, waiting_now
from bot.desk.queue.queue_list import Wanted, counts, listed
from bot.desk.queue.resolve import resolve
from bot.desk.queue.summary import changed_after, summaries, without_personal_data
from bot.desk.tables import labels
from tests.conversations.play import Play
from tests.desk.room import Room


async def test_what_is_due_first_comes_first(room: Room) -> None:
    aini = await room.agent("Aini")
    slow = await room.waiting()
    room.later(minutes=1)
    fast = await room.waiting(reason="upset")
    late = await room.waiting()
    assert await _list(room, aini) == [fast.id, slow.id, late.id]


async def test_each_view_has_its_own(room: Room) -> None:
    aini = await room.agent("Aini")
    queued, mine, done = [await room.waiting() for _ in range(3)]
    await room.shopper()
    for play in (mine, done):
        await room.write(partial(claim, conversation_id=play.id, agent=aini, now=room.now))
    await room.write(lambda connection: resolve(connection, done.id, aini, question=str, now=room.now))
    assert await _list(room, aini) == [queued.id]
    assert await _list(room, aini, view="mine") == [mine.id]
    assert await _list(room, aini, view="resolved") == [done.id]
    assert set(await _list(room, aini, view="all")) == {queued.id, mine.id}
    assert await _list(room, aini, view="snoozed") == []
    room.later(minutes=20)
    seen = await room.log.read(lambda connection: counts(connection, aini, room.now))
    assert seen == {"queue": 1, "mine": 1, "snoozed": 0, "overdue": 2, "mentions": 0}


async def test_filters_narrow_the_list(room: Room) -> None:
    aini = await room.agent("Aini")
    first, second = await room.waiting(language="id"), await room.waiting(reason="upset", language="en")
    await room.write(
        lambda connection: connection.execute(insert(labels).values(conversation_id=first.id, label="refund"))
    )
    assert await _list(room, aini, language="id") == [first.id]
    assert await _list(room, aini, reason="upset") == [second.id]
    assert await _list(room, aini, label="refund") == [first.id]
    assert await _list(room, aini, team="returns") == []


async def test_pages_follow_each_other_without_gap_or_twin(room: Room) -> None:
    aini = await room.agent("Aini")
    for number in range(7):
        await room.waiting(reason="upset" if number % 3 == 0 else "wish_for_person")
    for sort in ("due", "waiting", "newest", "value"):
        everything = await _list(room, aini, sort=sort)
        pages: list[str] = []
        while page := await _list(room, aini, sort=sort, limit=3, before=pages[-1] if pages else None):
            pages += page
        assert pages == everything
        assert len(set(pages)) == 7


async def test_what_is_worth_most_can_come_first(room: Room) -> None:
    aini = await room.agent("Aini")
    cheap, dear = [await _about_an_order(room, amount) for amount in ("9.90", "250.00")]
    assert await _list(room, aini, sort="value") == [dear.id, cheap.id]


async def test_summary_tells_order_job_and_unread(room: Room) -> None:
    play = await _about_an_order(room, "250.00")
    await room.says(play, "hello?")
    [shown] = await room.log.read(lambda connection: summaries(connection, ["nobody", play.id]))
    assert shown["order"] == {"number": "#1001", "value": 250.0, "currency": "MYR"}
    assert (shown["job"], shown["unread"], shown["owner"]) == ("return", 2, {"kind": "queue"})
    assert shown["last_message"] == {"author": {"kind": "shopper"}, "text": "hello?"}
    assert await room.log.read(lambda connection: changed_after(connection, shown["change"] - 1)) == [play.id]
    assert await room.log.read(lambda connection: changed_after(connection, shown["change"])) == []


async def test_trainer_sees_no_name_and_no_address_in_the_list(room: Room) -> None:
    play = await room.shopper(Customer("cus_1", "Siti Aminah", "siti@example.com"))
    await play.says("write to siti@example.com")
    [shown] = await room.log.read(lambda connection: summaries(connection, [play.id]))
    hidden = without_personal_data(shown)
    assert (hidden["shopper"]["name"], hidden["last_message"]["text"]) == ("S••• A•••", "write to s•••@example.com")


async def test_bulk_does_what_it_can_and_says_what_it_cannot(room: Room) -> None:
    aini, budi = await room.agent("Aini"), await room.agent("Budi")
    free, taken = await room.waiting(), await room.waiting()
    await room.write(lambda connection: claim(connection, taken.id, budi, room.now))
    result = await room.write(
        lambda connection: do_all(
            connection, [free.id, taken.id, free.id], lambda c, each: claim(c, each, aini, room.now), (AlreadyTaken,)
        )
    )
    assert [outcome.conversation_id for outcome in result.done] == [free.id]
    assert [each for each, _ in result.refused] == [taken.id]
    assert [await room.owner(play) for play in (free, taken)] == ["Aini", "Budi"]


async def test_supervisor_sees_what_waits_and_how_the_day_went(room: Room) -> None:
    aini = await room.agent("Aini")
    answered, _ = await room.waiting(), await room.waiting(reason="upset", language="id")
    room.later(minutes=6)
    await room.write(lambda connection: claim(connection, answered.id, aini, room.now))
    await room.answers(answered, aini)
    await room.write(lambda connection: resolve(connection, answered.id, aini, question=str, now=room.now))
    waits = await room.log.read(lambda connection: waiting_now(connection, room.now))
    assert (waits["total"], waits["overdue"], waits["by_reason"], waits["by_language"]) == (
        1,
        1,
        {"upset": 1},
        {"id": 1},
    )
    midnight = room.rules.hours.day_began(room.now)
    assert await room.log.read(lambda connection: since_midnight(connection, midnight)) == {
        "handoffs": 2,
        "answered": 1,
        "first_response_seconds_median": 360.0,
        "resolved": 1,
        "satisfaction_average": None,
    }


async def _list(room: Room, agent: Agent, **wanted: object) -> list[str]:
    asked = Wanted(**wanted)  # type: ignore[arg-type]
    return await room.log.read(lambda connection: listed(connection, agent, asked))


async def _about_an_order(room: Room, amount: str) -> Play:
    order = {"number": "#1001", "total": {"amount": amount, "currency": "MYR"}}
    return await room.waiting(form={"name": "return_form", "asks": "items"}, order_snapshot={"order": order})
