"""Runs turns: those of one conversation one after another, those of different conversations side by side."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.conversations.database import ConversationLog
from bot.conversations.errors import LeaseLost
from bot.conversations.finish import Finished, finish_turn, give_up, try_later
from bot.conversations.queue_rules import QueueRules
from bot.conversations.records import Answer, Turn
from bot.conversations.times import utc_now
from bot.conversations.turns import LEASE, begin_next, due_conversations, give_back, renew_leases
from bot.gateway.announce import (
    announce_messages,
    announce_notice,
    announce_owner,
    announce_to_agents,
    announce_turn,
    announce_typing,
)
from bot.gateway.delivery import Delivery
from bot.gateway.engine_client import EngineClient, EngineFailed
from bot.gateway.words import Words

SIDE_BY_SIDE = 32
SWEEP_SECONDS = 2.0
STOP_SECONDS = 5.0
MAX_ATTEMPTS = 10  # begun and not finished so often (crashes): the turn itself may be the cause
_BOT = {"kind": "bot"}

log = structlog.get_logger(__name__)


class TurnRunner:
    """``wake`` when a turn may be due; a sweep finds those that nobody woke it for."""

    def __init__(
        self,
        conversations: ConversationLog,
        engine: EngineClient,
        delivery: Delivery,
        words: Words,
        rules: QueueRules,
        *,
        patience: float,
    ) -> None:
        self.name = secrets.token_hex(8)
        self._log = conversations
        self._engine = engine
        self._delivery = delivery
        self._words = words
        self._rules = rules
        self._patience = timedelta(seconds=patience)
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._active: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._begun: dict[str, Turn] = {}  # leased to us by the transaction that stored their message
        self._running: set[str] = set()  # turn ids
        self._stopping = False
        self._upkeep: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._upkeep = [
            asyncio.create_task(self._forever(self._sweep, SWEEP_SECONDS)),
            asyncio.create_task(self._forever(self._renew, LEASE.total_seconds() / 3)),
        ]

    async def stop(self) -> None:
        """Turns that run may end; what has not ended in time is given back for another runner."""
        self._stopping = True
        for task in self._upkeep:
            task.cancel()
        running = list(self._active.values())
        if running:
            _, late = await asyncio.wait(running, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._log.write(lambda connection: give_back(connection, self.name))

    @property
    def name_to_begin(self) -> str | None:
        """For whoever stores a message and may lease its turn to this runner at once; then ``take`` must follow."""
        return None if self._stopping else self.name

    def take(self, turn: Turn) -> None:
        self._begun[turn.conversation_id] = turn
        self.wake(turn.conversation_id)

    def wake(self, conversation_id: str) -> None:
        if self._stopping:
            return
        self._woken.add(conversation_id)
        if conversation_id not in self._active:
            self._active[conversation_id] = asyncio.create_task(self._work(conversation_id))

    async def _work(self, conversation_id: str) -> None:
        try:
            async with self._slots:
                while not self._stopping and conversation_id in self._woken:
                    self._woken.discard(conversation_id)
                    turn = await self._begin(conversation_id)
                    if turn is not None and await self._run(turn):
                        self._woken.add(conversation_id)
        except Exception:
            # The lease runs out and the sweep finds the turn again.
            log.exception("turn.broken", conversation=conversation_id)
        finally:
            # No await between the loop's last look and this: a wake in between cannot be lost.
            self._woken.discard(conversation_id)
            del self._active[conversation_id]

    async def _begin(self, conversation_id: str) -> Turn | None:
        if conversation_id in self._begun:
            return self._begun.pop(conversation_id)
        return await self._log.write(
            lambda connection: begin_next(connection, conversation_id, runner=self.name, now=utc_now())
        )

    async def _run(self, turn: Turn) -> bool:
        """Whether another turn of the conversation waits."""
        self._running.add(turn.id)
        await announce_typing(self._delivery, turn.conversation_id, _BOT, on=True)
        try:
            finished = await self._ended(turn)
            if finished is not None:
                await self._announce(turn, finished)
        except LeaseLost:
            log.warning("turn.lease_lost", turn=turn.id)
            return True
        finally:
            self._running.discard(turn.id)
            await announce_typing(self._delivery, turn.conversation_id, _BOT, on=False)
        return finished is not None and finished.more

    async def _ended(self, turn: Turn) -> Finished | None:
        try:
            return await self._finish(turn, await self._ask(turn))
        except EngineFailed as failure:
            return await self._failed(turn, failure)

    async def _announce(self, turn: Turn, finished: Finished) -> None:
        await announce_messages(self._delivery, turn.conversation_id, finished.messages)
        if finished.owner is not None:
            await announce_owner(self._delivery, turn.conversation_id, finished.owner)
            await announce_to_agents(self._delivery, turn.conversation_id)
            if finished.owner.id is not None:  # given to somebody at once
                await announce_notice(self._delivery, "assigned", turn.conversation_id, for_agents=[finished.owner.id])
        await announce_turn(self._delivery, turn.conversation_id, turn.id)

    async def _finish(self, turn: Turn, answer: Answer) -> Finished:
        finished = await self._log.write(
            lambda connection: finish_turn(
                connection,
                turn,
                answer,
                runner=self.name,
                contact_request=self._sentence("contact_request"),
                rules=self._rules,
                now=utc_now(),
            )
        )
        log.info("turn.done", turn=turn.id, state=finished.state, ms=round(answer.milliseconds or 0, 1))
        return finished

    async def _ask(self, turn: Turn) -> Answer:
        if turn.attempts > MAX_ATTEMPTS:
            raise EngineFailed("too_many_attempts", lasting=True)
        return await self._engine.run(turn)

    async def _failed(self, turn: Turn, failure: EngineFailed) -> Finished | None:
        """None: it will be tried again."""
        now = utc_now()
        wait = timedelta(seconds=min(0.5 * 2**turn.failures, 5.0))
        since = turn.first_failed_at or now
        log.warning("turn.failed", turn=turn.id, why=failure.code, failures=turn.failures + 1)
        if failure.lasting or now + wait - since >= self._patience:
            return await self._give_up(turn, failure, now)
        await self._log.write(
            lambda connection: try_later(
                connection, turn, runner=self.name, failure=failure.code, not_before=now + wait, now=now
            )
        )
        asyncio.get_running_loop().call_later(wait.total_seconds() + 0.01, self.wake, turn.conversation_id)
        return None

    async def _give_up(self, turn: Turn, failure: EngineFailed, now: datetime) -> Finished:
        return await self._log.write(
            lambda connection: give_up(
                connection,
                turn,
                runner=self.name,
                failure=failure.code,
                sentence=self._sentence("bot_failed"),
                contact_request=self._sentence("contact_request"),
                rules=self._rules,
                now=now,
            )
        )

    def _sentence(self, key: str) -> Callable[[str], str]:
        return lambda language: self._words.text(f"gateway.{key}", language)

    async def _sweep(self) -> None:
        for conversation_id in await self._log.read(lambda connection: due_conversations(connection, utc_now())):
            self.wake(conversation_id)

    async def _renew(self) -> None:
        mine = [*self._running, *(turn.id for turn in self._begun.values())]
        if mine:
            await self._log.write(lambda connection: renew_leases(connection, self.name, mine, utc_now()))

    async def _forever(self, work: Callable[[], Awaitable[None]], seconds: float) -> None:
        while True:
            try:
                await work()
            except Exception:
                log.exception("turn.upkeep_failed")
            await asyncio.sleep(seconds)
