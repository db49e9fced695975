"""What every room's tests may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.end_to_end.desks import desk_settings
from tests.end_to_end.store_reader import FreshStore
from tests.stack import Stack

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Every client of httpx reads all of the machine's certificates, 60 ms of processor, to speak plain HTTP with a process
# next door; a run makes thousands of clients.
httpx._transports.default.create_ssl_context = lru_cache(httpx.create_ssl_context)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--platform",
        action="append",
        help="put only this adapter through the contract in tests/store: a name, or module:function of your own",
    )
    parser.addoption("--store", default="demo", choices=["demo", "medusa"], help="the store behind conversations")


@pytest.fixture(scope="session")
def stack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Rasa, action server, gateway and the store of ``--store``, started once for the whole run."""
    folder = tmp_path_factory.mktemp("stack")
    store = request.config.getoption("store")
    running = Stack(folder, store, **desk_settings(folder, "claim"))
    if store == "demo":
        FreshStore(running)  # its first state, before any room changes it
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all: of two drivers in a process the second finds the first one's loop running."""
    if not CHROMIUM.exists():
        pytest.skip(f"Debian's chromium is not installed ({CHROMIUM})")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data that lies beside the repository where it is developed."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.exists():
        pytest.skip("the shared data sets are not beside this repository")
    return folder
