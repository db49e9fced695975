"""The shop page with the widget, as a shopper uses it who will need a person."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.web.chat_page import ChatPage

_ID = "() => JSON.parse(localStorage[Object.keys(localStorage).find(key => key.endsWith(':session'))]).id"


class ShopPage(ChatPage):
    """Opened already; what it says it says to the real bot."""

    def __init__(self, page: Page, url: str) -> None:
        super().__init__(page, url)
        self.visit()
        self.open()

    @property
    def id(self) -> str:
        """Of the conversation."""
        found: str = self.page.evaluate(_ID)
        return found

    @property
    def owner(self) -> Locator:
        return self.page.locator("ramah-chat .owner")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).last.click()

    def press_key(self, key: str) -> None:
        self.page.keyboard.press(key)

    def wants_a_person(self, words: str = "can i talk to a person please") -> None:
        self.say(words)
        expect(self.owner).to_have_text("Waiting for a person")

    def has(self, name: str) -> None:
        expect(self.owner).to_have_text(f"{name}, a person, is with you")

    def has_the_bot(self) -> None:
        expect(self.owner).to_have_text("Bot, answers at once")

    def hears(self, text: str) -> None:
        """From a person."""
        expect(self.page.locator("ramah-chat .message.agent .bubble", has_text=text)).to_be_visible()
