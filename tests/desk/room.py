"""A desk without its gateway: the rules on a real log, agents who are there, conversations that wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.conversations.answer_shopper import Said, answer_shopper
from bot.conversations.database import ConversationLog
from bot.conversations.records import Customer, Handoff
from bot.conversations.return_to_bot import Returned, return_to_bot
from bot.conversations.tables import conversations, owner_changes
from bot.desk.config import DeskConfig, load_desk_config
from bot.desk.people.agent import Agent
from bot.desk.people.agents import add_agent, get_agent
from bot.desk.queue.rules import DeskRules
from bot.desk.queue.sweep_work import due_by_time, to_assign
from bot.desk.tables import agents, audit, notes
from bot.gateway.words import Words
from bot.orders.policy_file import load_policy
from bot.settings import Settings
from tests.conversations.play import Play

T = TypeVar("T")

ROOT = Path(__file__).parents[2]
# A Wednesday, 10:00 in Kuala Lumpur.
WEDNESDAY = datetime(2026, 11, 18, 2, 0, tzinfo=timezone.utc)


def config(**changes: Any) -> DeskConfig:
    """The shipped one, but agents claim what they want."""
    shipped = load_desk_config(Settings(desk_dir=ROOT / "data/desk"))
    return shipped.copy(update={"assignment": "claim", **changes})


def rules(**changes: Any) -> DeskRules:
    policy = load_policy(ROOT / "data/policy.yml", "Asia/Kuala_Lumpur")
    return DeskRules(config(**changes), policy, Words(ROOT / "data/words").text)


class Room:
    def __init__(self, log: ConversationLog, **changes: Any) -> None:
        self.log = log
        self.rules = rules(**changes)
        self.config = self.rules.config
        self.now = WEDNESDAY

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    async def agent(self, name: str, *, there: bool = True, **about: Any) -> Agent:
        row = {"role": "agent", "languages": ["en"], "capacity": 5, **about}

        def add(connection: Connection) -> Agent:
            return add_agent(
                connection, name=name, email=f"{name.lower()}@example.com", password_hash="-", now=self.now, **row
            )

        added = await self.log.write(add)
        return await self.comes(added) if there else added

    async def comes(self, agent: Agent, presence: str = "online") -> Agent:
        """Their page is open."""
        await self.write(
            lambda connection: connection.execute(
                update(agents).where(agents.c.id == agent.id).values(seen_at=self.now, presence=presence)
            )
        )
        return await self.log.read(lambda connection: get_agent(connection, agent.id))

    async def shopper(self, customer: Customer | None = None) -> Play:
        """With the bot."""
        play = await Play.begin(self.log, customer)
        play.now, play.rules = self.now, self.rules  # type: ignore[assignment]
        return play

    async def waiting(self, reason: str = "wish_for_person", language: str = "en", **record: Any) -> Play:
        """In the queue."""
        play = await self.shopper()
        await play.says("a person please")
        await play.answers(await play.begun(), handoff=Handoff(reason, record), language=language)
        return play

    async def says(self, play: Play, text: str = "hello?") -> None:
        play.now = self.now
        await play.says(text)

    async def answers(self, play: Play, agent: Agent, text: str = "I am looking into it.") -> Said:
        client_id = f"{agent.id}-{self.now.timestamp()}"
        return await self.write(
            lambda connection: answer_shopper(
                connection, play.id, agent.author, client_id=client_id, text=text, now=self.now
            )
        )

    async def hands_back(self, play: Play, agent: Agent) -> Returned:
        return await self.write(
            lambda connection: return_to_bot(
                connection, play.id, agent.author, facts={}, sentence=lambda _: "The bot is back.", now=self.now
            )
        )

    async def sweep(self) -> list[str]:
        """What was done: its names, in order."""
        done = []
        for find in (due_by_time, to_assign):
            for task in await self.log.read(partial(find, rules=self.rules, now=self.now)):
                if any(outcome.changed for outcome in await self.log.write(task.do)):
                    done.append(task.what)
        return done

    async def row(self, play: Play) -> Any:
        query = select(conversations).where(conversations.c.id == play.id)
        return await self.log.read(lambda connection: connection.execute(query).one())

    async def owner(self, play: Play) -> str:
        """``bot``, ``queue`` or the agent's name."""
        row = await self.row(play)
        return str(row.owner_name or row.owner_kind)

    async def why(self, play: Play) -> list[str]:
        query = select(owner_changes.c.why).where(owner_changes.c.conversation_id == play.id)
        return await self.log.read(
            lambda connection: list(connection.execute(query.order_by(owner_changes.c.id)).scalars())
        )

    async def audited(self, play: Play) -> list[str]:
        query = select(audit.c.what).where(audit.c.conversation_id == play.id).order_by(audit.c.id)
        return await self.log.read(lambda connection: list(connection.execute(query).scalars()))

    async def notes(self, play: Play) -> list[tuple[str, str]]:
        query = select(notes.c.kind, notes.c.text).where(notes.c.conversation_id == play.id).order_by(notes.c.id)
        return await self.log.read(lambda connection: [(row.kind, row.text) for row in connection.execute(query)])

    async def write(self, work: Callable[[Connection], T]) -> T:
        return await self.log.write(work)
