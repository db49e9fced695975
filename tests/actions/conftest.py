"""Actions in this process, against the real demo store in its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from actions.shop import Shop, close_shop, open_shop
from bot.orders.attempts import Attempts
from bot.orders.policy_file import load_policy
from bot.settings import Settings
from bot.store.demo import DemoStore
from tests.demo_store.process import KEY, ROOT, RunningStore, start_demo_store
from tests.store.platform import PATIENT


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    store = start_demo_store(tmp_path_factory.mktemp("actions_store"))
    yield store
    store.stop()


def _settings(folder: Path) -> Settings:
    data = ROOT / "data"
    return Settings(
        state_dir=folder,
        words_dir=data / "words",
        articles_dir=data / "articles",
        products_file=data / "products.yml",
        recommend_file=data / "recommend.yml",
        pepper="test",
    )


@pytest_asyncio.fixture
async def shop(demo_store: RunningStore, tmp_path: Path) -> AsyncIterator[Shop]:
    settings = _settings(tmp_path)
    policy = load_policy(ROOT / "data/policy.yml", "Asia/Kuala_Lumpur")
    opened = Shop(DemoStore(demo_store.url, KEY, PATIENT), policy, Attempts.in_state_dir(tmp_path, "test"), settings)
    open_shop(opened)
    yield opened
    await close_shop()


@pytest_asyncio.fixture
async def shop_without_store(tmp_path: Path) -> AsyncIterator[Shop]:
    """The store is down: nothing listens there."""
    settings = _settings(tmp_path)
    policy = load_policy(ROOT / "data/policy.yml", "Asia/Kuala_Lumpur")
    opened = Shop(DemoStore("http://127.0.0.1:9", KEY), policy, Attempts.in_state_dir(tmp_path, "test"), settings)
    open_shop(opened)
    yield opened
    await close_shop()
