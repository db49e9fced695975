"""A desk for the whole room: gateway, engine stand-in and demo store, an agent of each role, shoppers who wait."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.conversations.database import ConversationLog
from bot.conversations.migrate import migrate
from bot.conversations.times import utc_now
from bot.desk.people.agent import Agent, Role
from tests.demo_store.process import RunningStore, start_demo_store
from tests.desk.desk_client import DeskClient
from tests.desk.mail_server import MailServer
from tests.desk.processes import Desk, DeskEngine, order_of, record_with_form
from tests.desk.room import Room
from tests.gateway.shopper import Shopper

CUSTOMER_SECRET = "a-secret-of-the-shop-that-is-long-enough-for-every-algorithm-there-is"


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    running = start_demo_store(tmp_path_factory.mktemp("store"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory, store: RunningStore) -> Iterator[DeskEngine]:
    record = record_with_form(order_of(store), utc_now())
    running = DeskEngine(tmp_path_factory.mktemp("engine"), record)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, engine: DeskEngine, store: RunningStore) -> Iterator[Desk]:
    """Shared by all tests of a run: look for your own conversations in it, never for all."""
    keys = f'{{"shop-1": "{CUSTOMER_SECRET}"}}'
    running = Desk(tmp_path_factory.mktemp("desk"), engine.url, store, customer_keys=keys)
    running.start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def start_desk(tmp_path: Path, engine: DeskEngine, store: RunningStore) -> Iterator[Callable[..., Desk]]:
    """``start_desk({"assignment": "automatic"}, rate_limit_factor="1")``: a desk of the test's own."""
    started: list[Desk] = []

    def start(changed: dict[str, object] | None = None, **settings: str) -> Desk:
        running = Desk(tmp_path, engine.url, store, changed, **settings)
        running.start()
        started.append(running)
        return running

    yield start
    for running in started:
        running.kill()


@pytest.fixture(scope="session")
def people(desk: Desk) -> dict[Role, Agent]:
    return {
        "agent": desk.add_agent("Aini", "agent"),
        "supervisor": desk.add_agent("Budi", "supervisor"),
        "trainer": desk.add_agent("Chandra", "trainer"),
        "admin": desk.add_agent("Dewi", "admin"),
    }


@pytest.fixture
def mails() -> Iterator[MailServer]:
    running = MailServer()
    running.start()
    yield running
    running.stop()


SignIn = Callable[..., Awaitable[DeskClient]]


@pytest_asyncio.fixture
async def sign_in(desk: Desk) -> AsyncIterator[SignIn]:
    """``await sign_in(agent)``; with another desk as its second argument, there."""
    opened: list[DeskClient] = []

    async def open_(who: Agent, at: Desk | None = None) -> DeskClient:
        client = DeskClient((at or desk).url)
        opened.append(client)
        return await client.log_in(who)

    yield open_
    for client in opened:
        await client.leave()


@pytest_asyncio.fixture
async def agent(sign_in: SignIn, people: dict[Role, Agent]) -> DeskClient:
    return await sign_in(people["agent"])


@pytest_asyncio.fixture
async def other_agent(sign_in: SignIn, desk: Desk) -> DeskClient:
    return await sign_in(desk.add_agent("Eko", "agent"))


@pytest_asyncio.fixture
async def supervisor(sign_in: SignIn, people: dict[Role, Agent]) -> DeskClient:
    return await sign_in(people["supervisor"])


@pytest_asyncio.fixture
async def trainer(sign_in: SignIn, people: dict[Role, Agent]) -> DeskClient:
    return await sign_in(people["trainer"])


@pytest_asyncio.fixture
async def admin(sign_in: SignIn, people: dict[Role, Agent]) -> DeskClient:
    return await sign_in(people["admin"])


Enter = Callable[..., Awaitable[Shopper]]


@pytest_asyncio.fixture
async def enter(desk: Desk) -> AsyncIterator[Enter]:
    """``await enter("a person please")``: a new shopper who says that; ``at=`` another desk; more goes to ``enter``."""
    entered: list[Shopper] = []

    async def come(*says: str, at: Desk | None = None, **wish: object) -> Shopper:
        shopper = await Shopper((at or desk).url).enter(**wish)
        entered.append(shopper)
        for words in says:
            await shopper.ask(words)
        return shopper

    yield come
    for shopper in entered:
        await shopper.leave()


@pytest_asyncio.fixture
async def shopper(enter: Enter) -> Shopper:
    """With the bot still."""
    return await enter()


@pytest_asyncio.fixture
async def waiting(enter: Enter) -> Shopper:
    """In the queue."""
    return await enter("a person please")


@pytest_asyncio.fixture
async def waiting_with_form(enter: Enter) -> Shopper:
    """In the queue, in the middle of changing the address of demo order 1060."""
    return await enter("a person with form please")


@pytest_asyncio.fixture
async def log(tmp_path: Path) -> AsyncIterator[ConversationLog]:
    """An empty one, for what is tested without a gateway."""
    opened = ConversationLog(f"sqlite:///{tmp_path / 'log.db'}")
    await migrate(opened)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def room(log: ConversationLog) -> Room:
    return Room(log)
