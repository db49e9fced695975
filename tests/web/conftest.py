"""A real gateway before the engine stand-in, and a real browser before the gateway."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.commands.demo import write_products
from bot.processes.ports import free_port
from tests.until import until_it_answers
from tests.web.chat_page import ChatPage
from tests.web.engine_stand_in import EngineStandIn

ORDER_TO_ASK_ABOUT = {
    "number": "1047",
    "about": "shipped, on time",
    "email": "aisyah@example.com",
    "phone": "+60123456701",
    "postcode": "40150",
    "customer": None,
}
PATIENCE = 60_000  # milliseconds, on a machine that has much else to do
ARTEFACTS = Path(__file__).resolve().parents[2] / "test-artefacts"


@dataclass
class Gateway:
    """The gateway process; ``stop`` and ``start`` are what a shopper sees of a restart."""

    folder: Path
    engine_url: str
    port: int = field(default_factory=free_port)
    another_shops_port: int = field(default_factory=free_port)
    customer_key: str = field(default_factory=lambda: secrets.token_hex(32))
    _keys: dict[str, str] = field(default_factory=lambda: {"engine": secrets.token_hex(16), "pepper": "p" * 32})
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {
            **os.environ,
            "RAMAH_GATEWAY_PORT": str(self.port),
            "RAMAH_STATE_DIR": str(self.folder),
            "RAMAH_ENGINE_URL": self.engine_url,
            "RAMAH_ENGINE_KEY": self._keys["engine"],
            "RAMAH_PEPPER": self._keys["pepper"],
            "RAMAH_CUSTOMER_KEYS": json.dumps({"test": self.customer_key}),
            "RAMAH_RATE_LIMIT_FACTOR": "100",
            "RAMAH_DEMO": "true",
            "RAMAH_ALLOWED_ORIGINS": json.dumps([f"http://127.0.0.1:{self.another_shops_port}"]),
        }
        (self.folder / "demo-orders.json").write_text(json.dumps([ORDER_TO_ASK_ABOUT]))
        write_products(self.folder / "demo-products.json")
        with (self.folder / "gateway.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot.gateway"], env=environment, stdout=log, stderr=log
            )
        until_it_answers(f"{self.url}/health", self._process, self.folder / "gateway.log", 90)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=20)


@pytest.fixture(scope="session")
def engine() -> Iterator[EngineStandIn]:
    running = EngineStandIn()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def gateway(engine: EngineStandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    running = Gateway(tmp_path_factory.mktemp("gateway"), engine.url)
    running.start()
    yield running
    running.stop()


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """A browser of its own (storage, network, viewport), closed after the test."""
    expect.set_options(timeout=PATIENCE)
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        options.setdefault("viewport", {"width": 1280, "height": 860})
        context = browser.new_context(locale="en-MY", **options)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def chat(new_context: NewContext, gateway: Gateway) -> Iterator[ChatPage]:
    """The shop page with the widget; afterwards nothing may have gone wrong in the browser's console."""
    page = ChatPage(new_context().new_page(), gateway.url)
    page.visit()
    yield page
    assert page.complaints == []


@pytest.fixture
def phone(new_context: NewContext, gateway: Gateway) -> Iterator[ChatPage]:
    context = new_context(viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    page = ChatPage(context.new_page(), gateway.url)
    page.visit()
    yield page
    assert page.complaints == []


Picture = Callable[[Page, str], None]


@pytest.fixture
def picture() -> Picture:
    """Takes a screenshot for people to look at."""

    def take(page: Page, name: str) -> None:
        ARTEFACTS.mkdir(exist_ok=True)
        page.screenshot(path=str(ARTEFACTS / f"{name}.png"), animations="disabled")

    return take
