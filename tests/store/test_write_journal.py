"""What the journal promises to adapters of stores that keep no idempotency keys."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.store.errors import Conflict, NotAllowed, OutcomeUnknown, StoreError, Unavailable
from bot.store.models import ShippedItem
from bot.store.write_journal import WriteJournal


class Store:
    """Counts what reaches it; ``fails`` befalls the next writes, each before or after it took effect."""

    def __init__(self, folder: Path) -> None:
        self.journal = WriteJournal.in_state_dir(folder)
        self.effects: list[str] = []
        self.looks = 0
        self.fails: list[tuple[str, BaseException]] = []
        self.pause = asyncio.Event()
        self.pause.set()
        self.inside = self.most_inside = 0

    async def write(self, key: str, order: str = "1", request: str = "r") -> ShippedItem:
        async def look() -> ShippedItem | None:
            self.looks += 1
            return ShippedItem(line_id=key, quantity=1) if key in self.effects else None

        async def send() -> ShippedItem:
            self.inside += 1
            self.most_inside = max(self.most_inside, self.inside)
            try:
                await self.pause.wait()
                await asyncio.sleep(0)
                when, failure = self.fails.pop(0) if self.fails else ("", None)
                if when != "before":
                    self.effects.append(key)
                if failure:
                    raise failure
                return ShippedItem(line_id=key, quantity=1)
            finally:
                self.inside -= 1

        return await self.journal.once(key, order, request, ShippedItem, look=look, write=send)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


async def test_key_writes_once_however_often_it_comes(store: Store) -> None:
    assert await store.write("k") == await store.write("k") == ShippedItem(line_id="k", quantity=1)
    assert (store.effects, store.looks) == (["k"], 0)


async def test_many_at_once_with_one_key_write_once(store: Store) -> None:
    answers = await asyncio.gather(*(store.write("k") for _ in range(8)))
    assert {answer.line_id for answer in answers} == {"k"}
    assert store.effects == ["k"]


async def test_key_of_another_request_is_a_conflict(store: Store) -> None:
    await store.write("k")
    for order, request in (("1", "other"), ("2", "r")):
        with pytest.raises(Conflict):
            await store.write("k", order, request)
    assert store.effects == ["k"]


async def test_lost_answer_is_settled_by_looking_and_not_by_writing_again(store: Store) -> None:
    store.fails = [("after", OutcomeUnknown("k"))]
    with pytest.raises(OutcomeUnknown):
        await store.write("k")
    assert (await store.write("k")).line_id == "k"
    assert (store.effects, store.looks) == (["k"], 1)


async def test_write_that_never_arrived_is_sent_again_after_looking(store: Store) -> None:
    store.fails = [("before", OutcomeUnknown("k"))]
    with pytest.raises(OutcomeUnknown):
        await store.write("k")
    await store.write("k")
    assert (store.effects, store.looks) == (["k"], 1)


async def test_caller_who_goes_away_in_the_middle_leaves_the_outcome_unknown(store: Store) -> None:
    store.pause.clear()
    caller = asyncio.create_task(store.write("k"))
    while not store.inside:
        await asyncio.sleep(0)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    store.pause.set()
    await store.write("k")
    assert (store.effects, store.looks) == (["k"], 1)


async def test_what_was_surely_not_sent_is_as_if_it_had_never_begun(store: Store) -> None:
    store.fails = [("before", Unavailable())]
    with pytest.raises(Unavailable):
        await store.write("k")
    await store.write("k", request="another one")
    assert (store.effects, store.looks) == (["k"], 0)


async def test_store_that_is_down_after_a_lost_answer_proves_nothing(store: Store) -> None:
    store.fails = [("after", OutcomeUnknown("k"))]
    with pytest.raises(OutcomeUnknown):
        await store.write("k")

    async def down() -> ShippedItem | None:
        raise Unavailable

    with pytest.raises(OutcomeUnknown):
        await store.journal.once("k", "1", "r", ShippedItem, look=down, write=down)  # type: ignore[arg-type]
    assert (await store.write("k")).line_id == "k"
    assert store.effects == ["k"]


async def test_refusal_is_repeated_under_its_key(store: Store) -> None:
    store.fails = [("before", NotAllowed("already_shipped"))]
    for _ in range(2):
        with pytest.raises(NotAllowed, match="already_shipped"):
            await store.write("k")
    assert store.effects == []


async def test_two_keys_write_to_one_order_one_after_the_other(store: Store, tmp_path: Path) -> None:
    store.pause.clear()
    writes = [asyncio.create_task(store.write(key)) for key in ("a", "b", "c")]
    while not store.inside:
        await asyncio.sleep(0)
    elsewhere = asyncio.create_task(store.write("d", order="2"))
    while store.inside < 2:
        await asyncio.sleep(0)
    assert store.most_inside == 2  # one to each order
    store.pause.set()
    await asyncio.gather(*writes, elsewhere)
    assert sorted(store.effects) == ["a", "b", "c", "d"]


async def test_another_process_knows_the_key(store: Store, tmp_path: Path) -> None:
    await store.write("k")
    other = Store(tmp_path)
    assert (await other.write("k")).line_id == "k"
    assert other.effects == []


async def test_writer_that_died_is_settled_once_its_lease_is_over(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.journal_table.LEASE", 0.0)
    store.pause.clear()
    died = asyncio.create_task(store.write("k"))
    while not store.inside:
        await asyncio.sleep(0)
    other = Store(tmp_path)
    other.effects = ["k"]  # it had arrived
    assert (await other.write("k")).line_id == "k"
    assert (other.effects, other.looks) == (["k"], 1)
    died.cancel()
    with pytest.raises((asyncio.CancelledError, StoreError)):
        await died
