"""The agents' page as an agent meets it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from bot.desk.people.agent import Agent
from tests.desk.processes import PASSWORD


class DeskPage:
    """``complaints``: what the browser's console reported as wrong, refused content included."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = f"{url}/desk"
        self.complaints: list[str] = []
        page.on(
            "console", lambda message: message.type in {"error", "warning"} and self.complaints.append(message.text)
        )
        page.on("pageerror", lambda error: self.complaints.append(f"{error} {error.stack}"))

    def visit(self) -> None:
        self.page.goto(self.url)
        expect(self.page.get_by_role("button", name="Sign in")).to_be_visible()

    def sign_in(self, who: Agent) -> None:
        self.sign_in_as(who.email)

    def sign_in_as(self, email: str, password: str = PASSWORD) -> None:
        self.visit()
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("navigation", name="Views")).to_be_attached()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def row(self, conversation_id: str) -> Locator:
        """Of the list."""
        return self.page.locator(f'.row-link[href$="{conversation_id}"]:visible')

    def open(self, conversation_id: str, view: str = "queue") -> None:
        self.page.goto(f"{self.url}#/{view}/{conversation_id}")
        expect(self.log.locator(".message").first).to_be_visible()

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log", name="Messages")

    @property
    def input(self) -> Locator:
        return self.page.locator("#write")

    @property
    def popover(self) -> Locator:
        return self.page.locator(".popover")

    @property
    def notes(self) -> Locator:
        return self.page.locator(".note")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def toast(self) -> Locator:
        return self.page.locator(".toast").last

    def has(self, name: str) -> None:
        """The conversation that is shown has this owner."""
        expect(self.page.locator(".status .by")).to_have_text(name)

    def claims(self, conversation_id: str) -> None:
        self.open(conversation_id)
        self.log.focus()
        self.press("c")
        self.has("You")
        expect(self.input).to_be_focused()
