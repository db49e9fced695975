"""The agents' page in a real browser, before the desk of the other tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.desk.people.agent import Role
from tests.desk.page.desk_page import DeskPage
from tests.desk.page.visitor import Visitor
from tests.desk.processes import Desk
from tests.web.conftest import ARTEFACTS, PATIENCE

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    expect.set_options(timeout=PATIENCE)
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        options.setdefault("viewport", {"width": 1440, "height": 900})
        context = browser.new_context(locale="en-MY", **options)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def own_desk(start_desk: Callable[..., Desk]) -> Desk:
    """A desk of the test's own: its lists hold nothing else."""
    return start_desk()


SignedIn = Callable[..., DeskPage]


@pytest.fixture
def signed_in(new_context: NewContext, own_desk: Desk) -> Iterator[SignedIn]:
    """``signed_in("Aini", "agent")``: that new agent's page; afterwards nothing may have gone wrong in its console."""
    pages: list[DeskPage] = []

    def open_(name: str = "Aini", role: Role = "agent", **options: Any) -> DeskPage:
        page = DeskPage(new_context(**options).new_page(), own_desk.url)
        page.sign_in(own_desk.add_agent(name, role))
        pages.append(page)
        return page

    yield open_
    assert [page.complaints for page in pages if page.complaints] == []


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(own_desk: Desk) -> Iterator[Visit]:
    """``visit("a person please")``: a shopper who says that."""
    visitors: list[Visitor] = []

    def come(*says: str) -> Visitor:
        visitor = Visitor(own_desk.url)
        visitors.append(visitor)
        for words in says:
            visitor.say(words)
        return visitor

    yield come
    for visitor in visitors:
        visitor.leave()


Picture = Callable[[Page, str], None]


@pytest.fixture
def picture() -> Picture:
    """Takes a screenshot for people to look at."""

    def take(page: Page, name: str) -> None:
        ARTEFACTS.mkdir(exist_ok=True)
        page.screenshot(path=str(ARTEFACTS / f"desk-{name}.png"), animations="disabled")

    return take
