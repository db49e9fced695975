"""Carries out of the house what lies in the outbox: a few at a time, each under a claim that ends by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy.engine import Connection

from bot.conversations.database import ConversationLog
from bot.conversations.times import utc_now
from bot.desk.outward.mail import Mail
from bot.desk.outward.mailed_answers import write_due_answers
from bot.desk.outward.not_sent import NotSent
from bot.desk.outward.outbox_claims import Parcel, any_due, claim_due, mark_failed, mark_sent
from bot.desk.outward.outward import Outward
from bot.desk.outward.webhook import Webhook

PAUSE_SECONDS = 1.0
SIDE_BY_SIDE = 4  # of each kind: a webhook that hangs holds up no mail
STOP_SECONDS = 3.0

log = structlog.get_logger(__name__)


class Sender:
    def __init__(self, conversations: ConversationLog, outward: Outward) -> None:
        self._log = conversations
        self._outward = outward
        self._carriers: dict[str, Webhook | Mail] = {}
        self._under_way: dict[str, set[asyncio.Task[None]]] = {}
        self._upkeep: asyncio.Task[None] | None = None

    def start(self) -> None:
        if self._outward.webhook is not None:
            self._carriers["webhook"] = Webhook(self._outward.webhook)
        if self._outward.mail is not None:
            self._carriers["mail"] = Mail(self._outward.mail)
        self._under_way = {kind: set() for kind in self._carriers}
        if self._carriers:
            self._upkeep = asyncio.create_task(self._now_and_then())

    async def stop(self) -> None:
        """What is under way may end; what has not in time is claimed again when its claim has run out."""
        if self._upkeep is not None:
            self._upkeep.cancel()
        running = [task for tasks in self._under_way.values() for task in tasks]
        if running:
            _, late = await asyncio.wait(running, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for carrier in self._carriers.values():
            await carrier.close()

    async def _now_and_then(self) -> None:
        while True:
            try:
                await self._send_what_is_due()
            except Exception:
                log.exception("outbox.upkeep_failed")
            await asyncio.sleep(PAUSE_SECONDS)

    async def _send_what_is_due(self) -> None:
        for kind, tasks in self._under_way.items():
            room = SIDE_BY_SIDE - len(tasks)
            for parcel in await self._claim(kind, room) if room > 0 else ():
                task = asyncio.create_task(self._carry(parcel))
                tasks.add(task)
                task.add_done_callback(tasks.discard)

    async def _claim(self, kind: str, room: int) -> Sequence[Parcel]:
        outward = self._outward
        if not await self._log.read(lambda connection: any_due(connection, utc_now(), kind)):
            return ()

        def claim(connection: Connection) -> list[Parcel]:
            now = utc_now()
            if kind == "mail":
                write_due_answers(connection, shop=outward.shop, words=outward.words, now=now)
            return claim_due(connection, now, kind, room)

        return await self._log.write(claim)

    async def _carry(self, parcel: Parcel) -> None:
        try:
            await self._carriers[parcel.kind].send(parcel)
        except NotSent as failure:
            await self._failed(parcel, failure)
        except Exception:
            log.exception("outbox.broken", id=parcel.id, kind=parcel.kind)
            await self._failed(parcel, NotSent("broken"))
        else:
            now = utc_now()
            await self._log.write(lambda connection: mark_sent(connection, parcel, now))
            log.info("outbox.sent", id=parcel.id, kind=parcel.kind, event_=parcel.event, attempts=parcel.attempts)

    async def _failed(self, parcel: Parcel, failure: NotSent) -> None:
        log.warning("outbox.not_sent", id=parcel.id, kind=parcel.kind, why=failure.code, attempts=parcel.attempts)
        now: datetime = utc_now()
        await self._log.write(
            lambda connection: mark_failed(
                connection, parcel, failure.code, now, lasting=failure.lasting, after=failure.after
            )
        )
