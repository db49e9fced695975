"""One conversation, played through the log's own functions: who does what, in a line each."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.conversations.database import ConversationLog
from bot.conversations.finish import Finished, finish_turn, give_up, try_later
from bot.conversations.handoffs import HandoffRecord, handoffs_of
from bot.conversations.lookup import get_conversation
from bot.conversations.owner import change_owner
from bot.conversations.post import Incoming, Posted, post_message
from bot.conversations.records import Answer, Author, Conversation, Customer, Handoff, Message, Owner, Reply, Turn
from bot.conversations.replay import messages_after
from bot.conversations.start import Started, start_conversation
from bot.conversations.tables import turns
from bot.conversations.times import utc_now
from bot.conversations.turns import LEASE, begin_next
from tests.conversations.rules import FiveMinutes

T = TypeVar("T")


class Play:
    """``now`` is the play's own clock."""

    def __init__(self, log: ConversationLog, started: Started) -> None:
        self.log = log
        self.started = started
        self.id = started.conversation_id
        self.now: datetime = utc_now()
        self.rules = FiveMinutes()

    @classmethod
    async def begin(cls, log: ConversationLog, customer: Customer | None = None) -> Play:
        started = await log.write(
            lambda connection: start_conversation(
                connection, locale="en", time_zone="UTC", client_ref="ref", customer=customer, now=utc_now()
            )
        )
        return cls(log, started)

    def later(self, by: timedelta = LEASE * 2) -> None:
        self.now += by

    async def says(self, text: str = "hello", client_id: str = "", runner: str | None = None) -> Posted:
        return await self.sends(Incoming(client_id or secrets.token_hex(8), text), runner)

    async def chooses(self, token: str, client_id: str = "", **values: Any) -> Posted:
        return await self.sends(Incoming(client_id or secrets.token_hex(8), choice=token, values=values))

    async def sends(self, incoming: Incoming, runner: str | None = None) -> Posted:
        return await self._write(
            lambda connection: post_message(
                connection,
                self.id,
                incoming,
                client_ref="ref",
                contact_thanks=lambda language: f"Thanks ({language}), {{email}}.",
                rules=self.rules,
                now=self.now,
                runner=runner,
            )
        )

    async def begins(self, runner: str = "r1") -> Turn | None:
        return await self._write(lambda connection: begin_next(connection, self.id, runner=runner, now=self.now))

    async def begun(self, runner: str = "r1") -> Turn:
        turn = await self.begins(runner)
        assert turn is not None
        return turn

    async def answers(
        self, turn: Turn, *replies: Reply, runner: str = "r1", handoff: Handoff | None = None, **more: Any
    ) -> Finished:
        answer = Answer(list(replies) or [Reply("Hi.", "utter_hi")], handoff, **more)
        return await self._write(
            lambda connection: finish_turn(
                connection,
                turn,
                answer,
                runner=runner,
                contact_request=lambda language: f"Your email ({language})?",
                rules=self.rules,
                now=self.now,
            )
        )

    async def fails(self, turn: Turn, runner: str = "r1") -> None:
        await self._write(
            lambda connection: try_later(
                connection,
                turn,
                runner=runner,
                failure="unreachable",
                not_before=self.now + timedelta(seconds=1),
                now=self.now,
            )
        )

    async def gives_up(self, turn: Turn, runner: str = "r1") -> Finished:
        return await self._write(
            lambda connection: give_up(
                connection,
                turn,
                runner=runner,
                failure="unreachable",
                sentence=lambda language: f"Sorry ({language}).",
                contact_request=lambda language: f"Your email ({language})?",
                rules=self.rules,
                now=self.now,
            )
        )

    async def moves(self, expected: Owner, to: Owner) -> bool:
        by = Author("agent", to.id or "supervisor")
        return await self._write(
            lambda connection: change_owner(
                connection, self.id, expected=expected, to=to, by=by, why="test", now=self.now
            )
        )

    async def messages(self) -> list[Message]:
        return await self.log.read(lambda connection: messages_after(connection, self.id, 0, limit=100_000))

    async def conversation(self) -> Conversation:
        return await self.log.read(lambda connection: get_conversation(connection, self.id))

    async def handoffs(self) -> list[HandoffRecord]:
        return await self.log.read(lambda connection: handoffs_of(connection, self.id))

    async def turns(self) -> list[Any]:
        query = select(turns).where(turns.c.conversation_id == self.id).order_by(turns.c.message_seq)
        return await self.log.read(lambda connection: list(connection.execute(query)))

    async def _write(self, work: Callable[[Connection], T]) -> T:
        return await self.log.write(work)
