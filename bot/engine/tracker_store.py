"""Rasa's tracker store: a conversation and the answer of its turn are written in one transaction."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import delete, exc, insert, select, update
from sqlalchemy.engine import Connection

from bot.engine.stored_events import StoredEvents
from bot.engine.tracker_rows import AnswerRow, TrackerRow, open_database
from bot.settings import Settings

ANSWERS_KEPT = 20  # of each conversation
TRACKERS_IN_MEMORY = 100  # each takes about 0.1 MB

T = TypeVar("T")


class TurnedElsewhere(Exception):
    """Another process has saved a turn of this conversation since it was opened; nothing was written."""


@dataclass
class Opened:
    """A conversation at the start of a turn."""

    tracker: DialogueStateTracker
    events: StoredEvents
    version: int


class TurnTrackerStore(TrackerStore):
    """``tracker_store: {type: bot.engine.tracker_store.TurnTrackerStore}`` in ``endpoints.yml``; ``url`` if need be."""

    def __init__(self, host: str | None = None, domain: Any = None, event_broker: Any = None, **_: Any) -> None:
        super().__init__(domain, event_broker)
        self._database = open_database(host or Settings().trackers_url)
        one_writer = self._database.dialect.name == "sqlite"
        self._threads = ThreadPoolExecutor(1 if one_writer else 8, "trackers")
        self._held: OrderedDict[str, Opened] = OrderedDict()

    async def answer_or_open(self, conversation_id: str, turn_id: str) -> str | Opened:
        """The answer that this turn was given before, else the conversation it is to be run in."""
        version, answer = await self._in_thread(lambda: self._look_up(conversation_id, turn_id))
        if answer is not None:
            return answer
        held = self._held.pop(conversation_id, None)  # comes back when the turn is saved
        if held and held.version == version:
            return held
        return await self._open(conversation_id)

    async def save_turn(self, opened: Opened, turn_id: str, answer: str) -> None:
        """Write the conversation and the turn's answer, both or neither.

        Raises:
            TurnedElsewhere: the conversation has moved on in another process.
        """
        await self._write(opened, turn_id, answer)
        self._held[opened.tracker.sender_id] = opened
        while len(self._held) > TRACKERS_IN_MEMORY:
            self._held.popitem(last=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Rasa's own way to a tracker; always read anew, for Rasa does not say when a turn went wrong."""
        opened = await self._open(sender_id)
        return opened.tracker if opened.version else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Rasa's own way to save, without an answer to keep."""
        await self.stream_events(tracker)
        version, _ = await self._in_thread(lambda: self._look_up(tracker.sender_id, ""))
        await self._write(Opened(tracker, StoredEvents(), version), None, "")

    async def keys(self) -> Iterable[str]:
        def read() -> list[str]:
            with self._database.connect() as connection:
                return list(connection.execute(select(TrackerRow.conversation_id)).scalars())

        return await self._in_thread(read)

    def close(self) -> None:
        self._threads.shutdown(wait=True)
        self._database.dispose()

    async def _open(self, conversation_id: str) -> Opened:
        def read() -> Any:
            query = select(TrackerRow.version, TrackerRow.events).where(TrackerRow.conversation_id == conversation_id)
            with self._database.connect() as connection:
                return connection.execute(query).first()

        row = await self._in_thread(read)
        tracker = self.init_tracker(conversation_id)
        stored = StoredEvents()
        if row:
            stored.load_into(tracker, row.events)
        return Opened(tracker, stored, row.version if row else 0)

    def _look_up(self, conversation_id: str, turn_id: str) -> tuple[int, str | None]:
        same_turn = (AnswerRow.conversation_id == TrackerRow.conversation_id) & (AnswerRow.turn_id == turn_id)
        query = (
            select(TrackerRow.version, AnswerRow.answer)
            .join_from(TrackerRow, AnswerRow, same_turn, isouter=True)
            .where(TrackerRow.conversation_id == conversation_id)
        )
        with self._database.connect() as connection:
            row = connection.execute(query).first()
        return (row.version, row.answer) if row else (0, None)

    async def _write(self, opened: Opened, turn_id: str | None, answer: str) -> None:
        conversation_id = opened.tracker.sender_id
        events = opened.events.dump(opened.tracker)
        new = opened.version + 1

        def write() -> None:
            with self._database.begin() as connection:
                _put_tracker(connection, conversation_id, new, events)
                if turn_id is not None:
                    _put_answer(connection, conversation_id, new, turn_id, answer)

        await self._in_thread(write)
        opened.version = new

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def _put_tracker(connection: Connection, conversation_id: str, version: int, events: str) -> None:
    if version == 1:
        try:
            connection.execute(insert(TrackerRow).values(conversation_id=conversation_id, version=1, events=events))
        except exc.IntegrityError as error:
            raise TurnedElsewhere(conversation_id) from error
        return
    as_read = (TrackerRow.conversation_id == conversation_id) & (TrackerRow.version == version - 1)
    written = connection.execute(update(TrackerRow).where(as_read).values(version=version, events=events))
    if written.rowcount != 1:
        raise TurnedElsewhere(conversation_id)


def _put_answer(connection: Connection, conversation_id: str, version: int, turn_id: str, answer: str) -> None:
    row = {"conversation_id": conversation_id, "version": version, "turn_id": turn_id, "answer": answer}
    connection.execute(insert(AnswerRow).values(**row))
    of_conversation = AnswerRow.conversation_id == conversation_id
    connection.execute(delete(AnswerRow).where(of_conversation & (AnswerRow.version <= version - ANSWERS_KEPT)))
