"""Nobody touches a mouse: the agent from log-in to resolve, then the shopper who is asked how it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.desk.page.desk_page import DeskPage
from tests.desk.page.panel_fixtures import field
from tests.desk.two_browsers.shop_page import ShopPage
from tests.end_to_end.desk_staff import PASSWORD
from tests.stack import Stack
from tests.web.conftest import NewContext, Picture
from tests.web.hands import Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.stack]


@pytest.mark.usefixtures("staff")
def test_agent_works_from_log_in_to_resolve_and_the_shopper_rates_with_keys_alone(
    shopper: ShopPage, stack: Stack, new_context: NewContext, picture: Picture
) -> None:
    hand = Keyboard()
    shopper.ask("change address of 1060 nurul@example.com", "new address")
    shopper.wants_a_person("human")
    desk = DeskPage(new_context().new_page(), stack.url)
    desk.visit()
    expect(desk.page.get_by_label("Email")).to_be_focused()
    desk.type("aini@shop.example")
    desk.press("Tab")
    desk.type(PASSWORD)
    desk.press("Enter")

    expect(desk.row(shopper.id)).to_be_visible()
    for _ in range(60):
        desk.press("j")
        if desk.row(shopper.id).evaluate("node => node === document.activeElement"):
            break
    picture(desk.page, "desk-keyboard-1-queue")
    desk.press("Enter")
    expect(desk.log).to_contain_text("change address of 1060")
    desk.press("c")
    desk.has("You")
    expect(desk.input).to_be_focused()
    expect(desk.page.locator(".suggested-text")).to_be_visible()
    desk.press("Tab")
    expect(desk.input).not_to_have_value("")
    desk.press("Enter")
    expect(shopper.page.locator("ramah-chat .message.agent")).to_have_count(1)
    desk.type("/")
    expect(desk.popover.get_by_role("option").first).to_be_visible()
    picture(desk.page, "desk-keyboard-2-canned")
    desk.press("Escape", "Control+A", "Delete", "Escape", "d", "e")
    expect(field(desk, "new_address").get_by_label("Street and number")).to_be_focused()
    desk.type("5 Jalan Semenyih")
    desk.press("Tab", "Tab", "Tab")
    desk.type("43500")
    desk.press("Tab")
    desk.type("Semenyih")
    desk.press("Enter")
    expect(field(desk, "new_address")).to_contain_text("by Aini")
    desk.press("h")
    expect(desk.dialog).to_contain_text("5 Jalan Semenyih")
    desk.press("Control+Enter")
    desk.has("The bot")
    hand.press(shopper.page.get_by_role("button", name="Yes, change it", exact=True))
    shopper.sees("now goes to the new address")

    hand.write(shopper.input, "one more thing, a person please")
    shopper.page.keyboard.press("Enter")
    expect(shopper.owner).to_have_text("Waiting for a person")
    desk.has("Nobody yet")
    desk.press("c")
    desk.has("You")
    expect(desk.input).to_be_focused()
    desk.press("Escape", "n")
    desk.type("Address was changed by the bot.")
    desk.press("Enter")
    expect(desk.notes).to_contain_text("Address was changed by the bot.")
    desk.press("Escape", "r")
    desk.type("It is changed. Anything else?")
    desk.press("Enter")
    shopper.hears("It is changed. Anything else?")
    desk.press("Escape", "l")
    desk.press("Space", "Control+Enter")
    expect(desk.page.locator(".conversation-head .about")).to_contain_text("Delivery")
    expect(desk.dialog).to_have_count(0)  # the news may be here before the answer that closes it
    desk.press("e")
    expect(desk.page.locator(".status")).to_contain_text("resolved")
    picture(desk.page, "desk-keyboard-3-resolved")

    question = shopper.page.locator("ramah-chat form.card", has_text="1 is poor")
    expect(question).to_be_visible()
    for _ in range(40):
        shopper.press_key("Tab")
        if question.get_by_role("radio", name="1").evaluate("node => node.getRootNode().activeElement === node"):
            break
    for _ in range(4):
        shopper.press_key("ArrowRight")
    expect(question.get_by_role("radio", name="5")).to_be_checked()
    hand.write(question.get_by_label("A word about it"), "Quick and kind")
    picture(shopper.page, "desk-keyboard-4-rating")
    shopper.press_key("Enter")
    shopper.sees("Thank you for telling us.")
    expect(desk.page.locator("#panel-shopper")).to_contain_text("Quick and kind")
    picture(desk.page, "desk-keyboard-5-rated")
    assert desk.complaints == []
