"""One conversation that an agent has taken over, a real log and the real demo store: what order jobs need, no HTTP."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.conversations.append import Draft, append
from bot.conversations.database import ConversationLog
from bot.conversations.lookup import hold_conversation
from bot.conversations.owner import change_owner
from bot.conversations.records import BOT, QUEUE, SHOPPER, Customer, Handoff, Message, Owner, Reply
from bot.conversations.times import utc_now
from bot.desk.orders.job_previews import Write, get_write, keep_preview
from bot.desk.orders.jobs.all_jobs import JOBS
from bot.desk.orders.jobs.job import Counter
from bot.desk.orders.write_orders import Confirmed, confirm
from bot.desk.people.agent import Agent
from bot.desk.people.audit import AuditEntry, entries
from bot.desk.shoppers.shopper import Shopper, shopper_of
from bot.orders.policy_file import load_policy
from bot.orders.snapshot import snapshot_of
from bot.store.api import OrderApi
from bot.store.models import Order
from bot.wording.tongue import Wording
from tests.conversations.play import Play

ROOT = Path(__file__).parents[2]
POLICY = load_policy(ROOT / "data" / "policy.yml", "Asia/Kuala_Lumpur")
WORDING = Wording(ROOT / "data/words", ROOT / "data/responses", ROOT / "data/desk", POLICY.shop.whole_amounts)
PEPPER = "test-pepper"
AINI = Agent("a_aini", "Aini", "aini@example.com", "agent", ("en",), (), 5, True, "online", None)
BUDI = replace(AINI, id="a_budi", name="Budi")
SUPERVISOR = replace(AINI, id="a_super", name="Chandra", role="supervisor")


class OrderBench:
    def __init__(self, play: Play, api: OrderApi) -> None:
        self.play = play
        self.log: ConversationLog = play.log
        self.id = play.id
        self.api = api

    @classmethod
    async def with_order(
        cls, log: ConversationLog, api: OrderApi, *orders: Order, customer: Customer | None = None
    ) -> OrderBench:
        """A shopper who proved these orders, spoke of the first, and was taken over by Aini."""
        bench = cls(await Play.begin(log, customer), api)
        await bench.hands_over(*orders)
        await bench.moves(QUEUE, AINI.owner)
        return bench

    async def hands_over(self, *proved: Order) -> None:
        await self.play.says("I want a person")
        ids = [order.id for order in proved]
        snapshot = snapshot_of(proved[0], utc_now(), pepper=PEPPER) if proved else None
        record: dict[str, Any] = {
            "language": "en",
            "identity": {"customer": None, "proved_orders": ids},
            "order_snapshot": snapshot,
            "slots": {"proved_orders": ids},
            "form": None,
            "tried": [],
        }
        await self.play.answers(
            await self.play.begun(),
            Reply("Somebody will help you.", "utter_handoff"),
            handoff=Handoff("wish_for_person", record),
            state={"slots": {"proved_orders": ids}, "form": None},
        )

    async def moves(self, expected: Owner, to: Owner) -> None:
        assert await self.play.moves(expected, to)

    async def shopper(self) -> Shopper:
        return await self.log.read(lambda connection: shopper_of(connection, self.id))

    async def counter(self, *photos: str, api: OrderApi | None = None) -> Counter:
        return Counter(api or self.api, POLICY, utc_now(), await self.api.capabilities(), photos)

    async def previews(self, job: str, order: Order, *photos: str, by: Agent = AINI, **values: Any) -> str:
        """The preview's id."""
        data = (await JOBS[job].preview(order, values, await self.counter(*photos))).to_slot()
        masked = JOBS[job].masked(data)
        return await self.log.write(
            lambda connection: keep_preview(connection, self.id, by, job, data=data, masked=masked, now=utc_now())
        )

    async def confirms(self, preview_id: str, by: Agent = AINI, api: OrderApi | None = None) -> Confirmed:
        counter = await self.counter() if api is None else Counter(api, POLICY, utc_now())
        return await confirm(
            self.log,
            counter,
            self.id,
            preview_id,
            by,
            speak=lambda held: WORDING.shopper(held.speaks, held.locale, held.time_zone),
        )

    async def write(self, preview_id: str) -> Write:
        return await self.log.read(lambda connection: get_write(connection, self.id, preview_id))

    async def told(self) -> list[Message]:
        """What agents said."""
        return [message for message in await self.play.messages() if message.author.kind == "agent"]

    async def audited(self) -> list[AuditEntry]:
        return await self.log.read(lambda connection: entries(connection, conversation_id=self.id))

    async def sends_photo(self, photo_id: str) -> None:
        def send(connection: Any) -> None:
            held = hold_conversation(connection, self.id)
            card = {"type": "photo", "photo_id": photo_id, "width": 1, "height": 1}
            append(connection, held, [Draft(SHOPPER, "", card=card)], utc_now())

        await self.log.write(send)

    async def is_taken_by(self, agent: Agent) -> None:
        owner = (await self.play.conversation()).owner

        await self.log.write(
            lambda connection: change_owner(
                connection, self.id, expected=owner, to=agent.owner, by=agent.author, why="taken_over", now=utc_now()
            )
        )

    async def is_handed_back(self) -> None:
        await self.moves((await self.play.conversation()).owner, BOT)
