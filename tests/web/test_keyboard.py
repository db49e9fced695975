"""Everything with the keyboard alone: no mouse, no touch, no direct filling in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.web.chat_page import ChatPage
from tests.web.engine_stand_in import EngineStandIn

pytestmark = pytest.mark.browser


def tab_to(chat: ChatPage, target: Locator, *, back: bool = False) -> None:
    for _ in range(40):
        if target.count() and target.evaluate("node => node.getRootNode().activeElement === node"):
            return
        chat.page.keyboard.press("Shift+Tab" if back else "Tab")
    pytest.fail("the keyboard does not get there")


@pytest.fixture
def typing(chat: ChatPage) -> ChatPage:
    """The chat, opened by keyboard; what is typed arrives in its input."""
    chat.page.keyboard.press("Tab")
    tab_to(chat, chat.launcher)
    chat.page.keyboard.press("Enter")
    expect(chat.input).to_be_focused()
    return chat


def write(chat: ChatPage, text: str) -> None:
    tab_to(chat, chat.input)
    chat.page.keyboard.type(text)
    chat.page.keyboard.press("Enter")


def test_shopper_tracks_an_order_by_keyboard(typing: ChatPage) -> None:
    write(typing, "Where is my order?")
    typing.sees("Which order is it?")
    tab_to(typing, typing.page.get_by_role("button", name="1047, batik shirt"), back=True)
    typing.page.keyboard.press("Enter")
    typing.sees("Shall I ask a person")
    tab_to(typing, typing.page.get_by_role("link", name="Follow the parcel"))
    tab_to(typing, typing.page.get_by_role("button", name="No, thanks"))
    typing.page.keyboard.press("Space")
    typing.sees("nothing was changed")


def test_shopper_changes_the_address_by_keyboard(typing: ChatPage, engine: EngineStandIn) -> None:
    write(typing, "address")
    typing.sees("Where should it go?")
    tab_to(typing, typing.page.get_by_role("button", name="Use this address"), back=True)
    tab_to(typing, typing.page.get_by_label("Street and number"), back=True)
    typing.page.keyboard.type("5 Jalan Semenyih")
    typing.page.keyboard.press("Tab")
    typing.page.keyboard.type("43500")
    typing.page.keyboard.press("Enter")
    typing.sees("Is this right?")
    tab_to(typing, typing.page.get_by_role("button", name="Yes, change it"))
    typing.page.keyboard.press("Enter")
    typing.sees("Done.")
    submitted = [given["values"] for given in engine.inputs if given.get("payload") == "/take_address"][-1]
    assert (submitted["line1"], submitted["postcode"]) == ("5 Jalan Semenyih", "43500")


def test_shopper_asks_for_a_return_by_keyboard(typing: ChatPage, engine: EngineStandIn) -> None:
    write(typing, "return")
    typing.sees("Which items")
    tab_to(typing, typing.page.get_by_label("Batik Long-Sleeve Shirt"), back=True)
    typing.page.keyboard.press("ArrowDown")
    tab_to(typing, typing.page.get_by_role("button", name="Continue with these"))
    typing.page.keyboard.press("Enter")
    typing.sees("A photo helps us.")
    with typing.page.expect_file_chooser():
        tab_to(typing, typing.page.get_by_role("button", name="Take or choose a photo"))
        typing.page.keyboard.press("Enter")
    submitted = [given["values"] for given in engine.inputs if given.get("payload") == "/take_items"][-1]
    assert submitted == {"items": [{"id": "l_1", "quantity": 1}]}


def test_escape_closes_and_gives_the_focus_back(typing: ChatPage) -> None:
    typing.page.keyboard.press("Escape")
    expect(typing.dialog).to_be_hidden()
    expect(typing.launcher).to_be_focused()
    expect(typing.launcher).to_have_attribute("aria-expanded", "false")


def test_shift_enter_makes_a_new_line(typing: ChatPage) -> None:
    typing.page.keyboard.type("first")
    typing.page.keyboard.press("Shift+Enter")
    typing.page.keyboard.type("second")
    typing.page.keyboard.press("Enter")
    typing.sees("You said: first\nsecond")


def test_what_has_the_focus_shows_it(typing: ChatPage) -> None:
    ring = "node => getComputedStyle(node).outlineStyle"
    assert typing.input.evaluate(ring) == "solid"
    close = typing.page.get_by_role("button", name="Close chat")
    tab_to(typing, close, back=True)
    assert close.evaluate(ring) == "solid"
