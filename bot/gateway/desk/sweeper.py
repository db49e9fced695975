"""Does what is due by time alone: wakes, escalates, gives back what agents left, hands out what waits."""

from __future__ import annotations

import asyncio
from functools import partial

import structlog
from sqlalchemy.engine import Connection

from bot.conversations.database import ConversationLog
from bot.conversations.times import utc_now
from bot.desk.queue.events import Outcome
from bot.desk.queue.rules import DeskRules
from bot.desk.queue.sweep_work import Task, due_by_time, given_now, to_assign
from bot.gateway.delivery import AGENTS, Delivery
from bot.gateway.desk.outcomes import announce

SWEEP_SECONDS = 2.0
NEWS_SECONDS = 0.1  # after news of who is there, so long for more of it

log = structlog.get_logger(__name__)


class Sweeper:
    """One in a process; several gateways may each have one, for every task is looked at again when it is done."""

    def __init__(self, conversations: ConversationLog, delivery: Delivery, rules: DeskRules) -> None:
        self._log = conversations
        self._delivery = delivery
        self._rules = rules
        self._work: list[asyncio.Task[None]] = []
        self._news = asyncio.Event()
        self._stopping = False

    def start(self) -> None:
        self._work = [asyncio.create_task(self._forever()), asyncio.create_task(self._listen())]

    async def stop(self) -> None:
        self._stopping = True  # a wait that ends just now can swallow the cancelling (Python 3.10)
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)

    async def sweep(self) -> None:
        """Once. What fails is logged, and the rest is done all the same."""
        for find in (due_by_time, to_assign):
            for task in await self._log.read(partial(find, rules=self._rules, now=utc_now())):
                await self._do(task)

    async def _do(self, task: Task) -> None:
        try:
            await announce(self._delivery, await self._log.write(task.do))
        except Exception:
            log.exception("sweep.task_failed", task=task.what, conversation=task.conversation_id)

    async def _forever(self) -> None:
        while not self._stopping:
            try:
                await self.sweep()
            except Exception:
                log.exception("sweep.failed")
            try:
                await asyncio.wait_for(self._news.wait(), SWEEP_SECONDS)
                await asyncio.sleep(NEWS_SECONDS)
            except asyncio.TimeoutError:
                pass
            self._news.clear()

    async def _listen(self) -> None:
        """Somebody came, or has other room: what waits need not wait for the next round."""
        async with self._delivery.subscribe(AGENTS) as events:
            while True:
                if (await events.get()).kind == "presence":
                    self._news.set()


async def give_what_waits(log_: ConversationLog, delivery: Delivery, rules: DeskRules) -> None:
    """An agent has room again."""

    def give(connection: Connection) -> list[Outcome]:
        return given_now(connection, rules, utc_now())

    if rules.config.assignment == "automatic":
        await announce(delivery, await log_.write(give))
