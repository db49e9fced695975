"""A conversation in a log of its own, the desk's rules, and a sender that carries out what it leads to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from bot.conversations.answer_shopper import answer_shopper
from bot.conversations.database import ConversationLog
from bot.conversations.migrate import migrate
from bot.conversations.records import QUEUE, Author, Customer, Handoff, Message, Owner
from bot.conversations.times import utc_now
from bot.desk.config import load_desk_config
from bot.desk.outward.mail import mail_settings
from bot.desk.outward.mail_words import MailWords
from bot.desk.outward.mailed_answers import agent_answered
from bot.desk.outward.outward import Outward
from bot.desk.outward.webhook import webhook_settings
from bot.desk.queue.rules import DeskRules
from bot.desk.tables import outbox
from bot.gateway.desk.sender import Sender
from bot.gateway.words import Words
from bot.orders.policy_file import load_policy
from bot.settings import Settings
from tests.conversations.play import Play

DATA = Path(__file__).parents[2] / "data"
SECRET = "a webhook's secret that nobody could ever guess"
SENDER = "Kedai Ramah <hello@shop.example>"
AISYAH = Author("agent", "a1", "Aisyah")
PATIENCE = 60.0  # seconds
RECORD: dict[str, Any] = {
    "language": "en",
    "identity": {"customer": None, "proved_orders": ["o_1"]},
    "order_snapshot": {
        "seen_at": "2026-11-22T04:00:00+00:00",
        "masked": True,
        "order": {"id": "o_1", "number": "1060", "total": {"amount": "129.00", "currency": "MYR"}},
    },
    "slots": {"order_id": "o_1", "job": "change_address", "proved_orders": ["o_1"], "tried": []},
    "form": {"name": "address_form", "asks": "new_address"},
    "tried": [
        {
            "at": "2026-11-22T04:00:00Z",
            "job": "change_address",
            "outcome": "failed",
            "reason": "unavailable",
            "data": {},
        }
    ],
}


class OutwardPlay(Play):
    """``webhook``: whether the shop has one."""

    @classmethod
    @asynccontextmanager
    async def opened(
        cls, folder: Path, customer: Customer | None = None, *, webhook: bool = False
    ) -> AsyncIterator[OutwardPlay]:
        log = ConversationLog(f"sqlite:///{folder / 'conversations.db'}")
        await migrate(log)
        play = await cls.begin(log, customer)
        words = Words(DATA / "words")
        policy = load_policy(DATA / "policy.yml", "Asia/Kuala_Lumpur")
        config = load_desk_config(Settings(desk_dir=DATA / "desk"))
        play.rules = DeskRules(config, policy, words.text, webhook=webhook)  # type: ignore[assignment]
        yield play
        await log.close()

    async def asks_for_a_person(self, text: str = "a person please", **more: Any) -> None:
        await self.says(text)
        await self.answers(await self.begun(), handoff=Handoff("wish_for_person", RECORD), **more)

    async def is_claimed(self) -> None:
        assert await self.moves(QUEUE, Owner(AISYAH.kind, AISYAH.id, AISYAH.name))  # type: ignore[arg-type]

    async def agent_says(self, text: str, client_id: str) -> list[Message]:
        def answer(connection: Any) -> list[Message]:
            said = answer_shopper(connection, self.id, AISYAH, client_id=client_id, text=text, now=self.now)
            agent_answered(connection, self.id, self.now)
            return said.new

        return await self.log.write(answer)

    async def outbox(self) -> list[Any]:
        return await self.log.read(lambda connection: list(connection.execute(select(outbox).order_by("created_at"))))

    async def all_is_due(self) -> None:
        """As if the waits, and the claims of senders that died, were over."""
        await self.log.write(lambda connection: connection.execute(update(outbox).values(not_before=utc_now())))

    async def until(self, *states: str) -> list[Any]:
        """The outbox's rows as soon as they stand so."""

        async def so() -> list[Any]:
            rows = await self.outbox()
            while tuple(row.state for row in rows) != states:
                await asyncio.sleep(0.02)
                rows = await self.outbox()
            return rows

        return await asyncio.wait_for(so(), PATIENCE)

    async def until_attempt(self, count: int) -> Any:
        """The only row, once so many attempts have failed."""

        async def so() -> Any:
            while (row := (await self.outbox())[0]).attempts < count or row.state == "sending":
                await asyncio.sleep(0.02)
            return row

        return await asyncio.wait_for(so(), PATIENCE)


def outward(*, webhook_url: str = "", secret: str = SECRET, smtp_url: str = "", patience: float = 30.0) -> Outward:
    webhook = webhook_settings(webhook_url, secret)
    return Outward(
        shop="Kedai Ramah",
        webhook=replace(webhook, patience=patience) if webhook else None,
        mail=mail_settings(smtp_url, SENDER),
        words=MailWords(DATA / "desk"),
    )


@asynccontextmanager
async def sending(play: Play, where: Outward) -> AsyncIterator[Sender]:
    sender = Sender(play.log, where)
    sender.start()
    try:
        yield sender
    finally:
        await sender.stop()
