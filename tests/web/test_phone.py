"""A phone: the chat fills the screen, the keyboard covers none of it, fingers find everything."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.chat_page import ChatPage
from tests.web.conftest import Picture
from tests.web.engine_stand_in import EngineStandIn

pytestmark = pytest.mark.browser

KEYBOARD = """height => {
    Object.defineProperty(visualViewport, 'height', {value: height, configurable: true});
    visualViewport.dispatchEvent(new Event('resize'));
}"""


def test_the_chat_fills_the_screen(phone: ChatPage) -> None:
    phone.launcher.tap()
    phone.dialog.evaluate("node => Promise.all(node.getAnimations().map((one) => one.finished))")
    box = phone.dialog.bounding_box()
    assert box is not None
    assert {side: round(length) for side, length in box.items()} == {"x": 0, "y": 0, "width": 390, "height": 780}


def test_with_the_keyboard_open_the_input_stays_in_sight(phone: ChatPage, picture: Picture) -> None:
    phone.launcher.tap()
    phone.ask("address", "Where should it go?")
    phone.page.evaluate(KEYBOARD, 420)
    box = phone.input.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 420
    picture(phone.page, "phone-keyboard")


def test_shopper_tracks_an_order_by_touch(phone: ChatPage) -> None:
    phone.page.get_by_role("button", name="Track an order").tap()
    phone.sees("Which order is it?")
    phone.page.get_by_role("button", name="1047, batik shirt").tap()
    phone.sees("Shall I ask a person")
    phone.page.get_by_role("button", name="Yes, please").tap()
    phone.sees("Done.")


def test_shopper_changes_the_address_by_touch(phone: ChatPage, engine: EngineStandIn) -> None:
    phone.launcher.tap()
    phone.ask("address", "Where should it go?")
    phone.page.get_by_label("Street and number").fill("5 Jalan Semenyih")
    phone.page.get_by_label("Postcode").fill("43500")
    phone.page.get_by_role("button", name="Use this address").tap()
    phone.sees("Is this right?")
    phone.page.get_by_role("button", name="Yes, change it").tap()
    phone.sees("Done.")


def test_shopper_asks_for_a_return_by_touch(phone: ChatPage, engine: EngineStandIn) -> None:
    phone.launcher.tap()
    phone.ask("return", "Which items")
    phone.page.get_by_label("Batik Long-Sleeve Shirt").select_option("1")
    phone.page.get_by_role("button", name="Continue with these").tap()
    phone.sees("A photo helps us.")


def test_the_page_behind_stays_where_it_is(phone: ChatPage) -> None:
    phone.launcher.tap()
    page = phone.page.locator("html")
    expect(page).to_have_css("overflow", "hidden")
    phone.page.get_by_role("button", name="Close chat").tap()
    expect(page).to_have_css("overflow", "visible")


def test_the_focus_cannot_leave_the_full_screen(phone: ChatPage) -> None:
    phone.launcher.tap()
    for _ in range(12):
        phone.page.keyboard.press("Tab")
        assert phone.page.evaluate("() => ['RAMAH-CHAT', 'BODY'].includes(document.activeElement.tagName)")


@pytest.mark.parametrize("scene", ["confirm", "address", "return", "email", "photo request", "timeline"])
def test_every_target_is_large_enough_for_a_finger(phone: ChatPage, scene: str) -> None:
    phone.launcher.tap()
    phone.say(scene)
    expect(phone.page.locator("ramah-chat .card").last).to_be_visible()
    targets = phone.page.locator("ramah-chat dialog :is(button, input, select, summary, .follow a):visible")
    assert targets.count() > 4
    for target in targets.all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44, target.evaluate("node => node.outerHTML")
        assert box["width"] >= 44, target.evaluate("node => node.outerHTML")


def test_turning_a_large_phone_keeps_the_chat_open(phone: ChatPage) -> None:
    phone.launcher.tap()
    phone.ask("hello", "What can I do")
    phone.page.set_viewport_size({"width": 844, "height": 390})
    expect(phone.dialog).to_be_visible()
    phone.ask("case", "on record")
