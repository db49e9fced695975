"""The shop page with the chat as a shopper meets it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class ChatPage:
    """``complaints``: what the browser's console reported as wrong, refused content included."""

    def __init__(self, page: Page, url: str, path: str = "/") -> None:
        self.page = page
        self.url = url + path
        self.complaints: list[str] = []
        page.on(
            "console", lambda message: message.type in {"error", "warning"} and self.complaints.append(message.text)
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def visit(self) -> None:
        self.page.goto(self.url)
        expect(self.launcher).to_be_visible()

    @property
    def launcher(self) -> Locator:
        return self.page.locator("ramah-chat .launcher")

    @property
    def dialog(self) -> Locator:
        return self.page.locator("ramah-chat dialog")

    @property
    def input(self) -> Locator:
        return self.page.get_by_label("Write a message…")

    @property
    def messages(self) -> Locator:
        return self.page.locator("ramah-chat .message")

    @property
    def last(self) -> Locator:
        return self.messages.last

    @property
    def strip(self) -> Locator:
        return self.page.locator("ramah-chat .strip")

    def bubbles(self, kind: str) -> list[str]:
        return self.page.locator(f"ramah-chat .message.{kind} .bubble").all_inner_texts()

    def open(self) -> None:
        self.launcher.click()
        expect(self.dialog).to_be_visible()

    def say(self, text: str) -> None:
        self.input.fill(text)
        self.input.press("Enter")

    def ask(self, text: str, answer: str) -> Locator:
        """Says ``text`` and waits for a last message that holds ``answer``."""
        self.say(text)
        return self.sees(answer)

    def sees(self, text: str) -> Locator:
        expect(self.last).to_contain_text(text)
        return self.last
