"""axe-core finds nothing in any state of the chat, light and dark; pictures of each for people to look at."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.until import until
from tests.web.chat_page import ChatPage
from tests.web.conftest import Gateway, NewContext, Picture

pytestmark = pytest.mark.browser

SIZES = {"desktop": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 780}}
STATES = [
    ("hello", "What can I do"),
    ("Where is my order?", "Which order is it?"),
    ("order", "Here is your order."),
    ("timeline", "Here is your parcel."),
    ("address", "Where should it go?"),
    ("wrong address", "Please look at the postcode"),
    ("return", "Which items"),
    ("confirm", "Is this right?"),
    ("case", "on record"),
    ("products", "I'd pick these."),
    ("photo request", "A photo helps us."),
    ("article", "Did that help?"),
    ("email", "Where can we reach you?"),
    ("long", "WWWW"),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page) -> list[str]:
    # Text that is fading in has no contrast yet.
    until(lambda: page.evaluate("document.getAnimations().every(({ playState }) => playState !== 'running')"))
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_axe_finds_nothing_in_any_state(
    new_context: NewContext, gateway: Gateway, picture: Picture, size: str, scheme: str
) -> None:
    context = new_context(viewport=SIZES[size], color_scheme=scheme, reduced_motion="reduce")
    chat = ChatPage(context.new_page(), gateway.url)
    chat.visit()
    assert violations(chat.page) == []
    picture(chat.page, f"{size}-{scheme}-shop")
    chat.open()
    assert violations(chat.page) == []
    for number, (said, answer) in enumerate(STATES):
        chat.ask(said, answer)
        assert violations(chat.page) == [], said
        picture(chat.page, f"{size}-{scheme}-{number:02}-{said.replace(' ', '-').strip('?')}")
    context.set_offline(True)
    chat.say("later")
    expect(chat.last).to_contain_text("Not sent yet")
    assert violations(chat.page) == []
    picture(chat.page, f"{size}-{scheme}-offline")


def test_messages_are_a_log_that_is_read_out_politely(chat: ChatPage) -> None:
    chat.open()
    log = chat.page.get_by_role("log", name="Messages")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(chat.page.get_by_role("dialog", name="Kedai Ramah")).to_be_visible()


def test_who_wants_no_motion_gets_none(new_context: NewContext, gateway: Gateway) -> None:
    chat = ChatPage(new_context(reduced_motion="reduce").new_page(), gateway.url)
    chat.visit()
    chat.open()
    assert chat.dialog.evaluate("node => getComputedStyle(node).animationName") == "none"
