"""A shopper talks, presses and fills in, by mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.chat_page import ChatPage
from tests.web.conftest import Gateway
from tests.web.engine_stand_in import EngineStandIn

pytestmark = pytest.mark.browser


def test_shopper_tracks_an_order_by_mouse(chat: ChatPage) -> None:
    chat.open()
    chat.page.get_by_role("button", name="Where is my order?").last.click()
    chat.sees("Which order is it?")
    chat.page.get_by_role("button", name="1047, batik shirt").click()
    chat.sees("Shall I ask a person")
    card = chat.page.locator("ramah-chat .card", has_text="Order 1047").first
    expect(card).to_contain_text("Two days late")
    expect(card).to_contain_text("Woven Leather Sandals")
    expect(card).to_contain_text("Sorted for delivery")
    tracking = card.get_by_role("link", name="Follow the parcel")
    expect(tracking).to_have_attribute("href", "https://track.example.com/PK771204559MY")
    expect(tracking).to_have_attribute("rel", "noopener noreferrer")


def test_products_link_to_their_pages(chat: ChatPage, gateway: Gateway) -> None:
    chat.open()
    chat.ask("products", "I'd pick these.")
    card = chat.page.locator("ramah-chat .card", has_text="Canvas Sneakers").last
    sneakers = card.get_by_role("link", name="Canvas Sneakers")
    expect(sneakers).to_have_attribute("href", f"{gateway.url}/shop/product.html#canvas_sneakers")
    expect(card.get_by_role("link", name="Stoneware Vase")).to_have_attribute("href", "https://shop.example/vase")
    expect(card.get_by_role("link")).to_have_count(2)
    box = sneakers.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    with chat.page.expect_popup() as opened:
        sneakers.click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Canvas Sneakers")
    expect(opened.value.locator("#options")).to_contain_text("size: 37, 38")


def test_buttons_are_dead_after_a_choice(chat: ChatPage) -> None:
    chat.open()
    chat.ask("confirm", "Is this right?")
    chat.page.get_by_role("button", name="Yes, change it").click()
    chat.sees("Done.")
    expect(chat.page.get_by_role("button", name="Yes, change it")).to_be_disabled()
    expect(chat.page.get_by_role("button", name="Talk to a person").last).to_be_visible()


def test_shopper_changes_the_address_by_mouse(chat: ChatPage, engine: EngineStandIn) -> None:
    chat.open()
    chat.ask("address", "Where should it go?")
    chat.page.get_by_label("Street and number").fill("5 Jalan Semenyih")
    chat.page.get_by_label("Postcode").fill("43500")
    chat.page.get_by_role("button", name="Use this address").click()
    chat.sees("Is this right?")
    assert engine.inputs[-1]["values"] == {
        "country": "MY",
        "name": "Nurul Huda Ismail",
        "line1": "5 Jalan Semenyih",
        "postcode": "43500",
        "city": "Kajang",
        "region": "Selangor",
        "phone": "",
    }


def test_a_missing_field_is_named_and_gets_the_focus(chat: ChatPage, engine: EngineStandIn) -> None:
    chat.open()
    chat.ask("address", "Where should it go?")
    turns = len(engine.inputs)
    chat.page.get_by_role("button", name="Use this address").click()
    street = chat.page.get_by_label("Street and number")
    expect(street).to_be_focused()
    expect(street).to_have_attribute("aria-invalid", "true")
    expect(street).to_have_accessible_description("Please fill this in.")
    assert len(engine.inputs) == turns


def test_another_country_brings_its_own_fields_and_keeps_what_was_typed(chat: ChatPage, engine: EngineStandIn) -> None:
    chat.open()
    chat.ask("address", "Where should it go?")
    chat.page.get_by_label("Street and number").fill("10 Tampines Ave 4")
    chat.page.get_by_label("Country").select_option("SG")
    expect(chat.page.get_by_label("State")).to_have_count(0)
    expect(chat.page.get_by_label("Street and number")).to_have_value("10 Tampines Ave 4")
    chat.page.get_by_label("Postal code").fill("529681")
    chat.page.get_by_role("button", name="Use this address").click()
    chat.sees("Is this right?")
    assert engine.inputs[-1]["values"]["country"] == "SG"


def test_the_shops_own_error_stands_at_its_field(chat: ChatPage) -> None:
    chat.open()
    chat.ask("wrong address", "Please look at the postcode again.")
    expect(chat.page.get_by_label("Postcode")).to_have_accessible_description("A Malaysian postcode has five digits.")


def test_shopper_picks_items_and_quantities(chat: ChatPage, engine: EngineStandIn) -> None:
    chat.open()
    chat.ask("return", "Which items")
    chat.page.get_by_role("button", name="Continue with these").click()
    expect(chat.last).to_contain_text("Please choose at least one item.")
    expect(chat.page.get_by_label("Sambal Trio")).to_have_count(0)
    chat.page.get_by_label("Batik Long-Sleeve Shirt").select_option("2")
    chat.page.get_by_role("button", name="Continue with these").click()
    chat.sees("A photo helps us.")
    assert engine.inputs[-1]["values"] == {"items": [{"id": "l_1", "quantity": 2}]}
    assert chat.bubbles("shopper")[-1] == "2 × Batik Long-Sleeve Shirt"


def test_shopper_leaves_an_email_address_that_is_one(chat: ChatPage, engine: EngineStandIn) -> None:
    chat.open()
    chat.ask("email", "Where can we reach you?")
    field = chat.page.get_by_role("textbox", name="Email")
    field.fill("nurul at example")
    field.press("Enter")
    expect(field).to_have_accessible_description("Please write it like name@example.com.")
    field.fill("nurul@example.com")
    field.press("Enter")
    chat.sees("A person writes to you there.")
    assert engine.inputs[-1]["values"] == {"email": "nurul@example.com"}


def test_each_message_says_whether_a_bot_or_a_person_wrote_it(chat: ChatPage) -> None:
    chat.open()
    chat.ask("hello", "What can I do")
    for message in chat.page.locator("ramah-chat .message.bot").all():
        expect(message.locator(".pill").first).to_have_text("Bot")


def test_shopper_is_told_that_a_person_is_asked_for(chat: ChatPage) -> None:
    chat.open()
    chat.say("person")
    expect(chat.page.locator("ramah-chat .owner")).to_have_text("Waiting for a person")


def test_script_in_a_message_is_only_text(chat: ChatPage) -> None:
    chat.open()
    chat.ask("script", "<script>document.title")
    assert chat.last.locator("img, script").count() == 0
    assert "broken in" not in chat.page.title()


def test_only_https_addresses_become_links(chat: ChatPage) -> None:
    chat.open()
    answer = chat.ask("link", "never javascript:")
    expect(answer.get_by_role("link")).to_have_count(1)
    expect(answer.get_by_role("link")).to_have_attribute("href", "https://shop.example/help?a=1")


def test_a_long_word_does_not_widen_the_chat(chat: ChatPage) -> None:
    chat.open()
    chat.ask("long", "WWWW")
    assert chat.page.locator("ramah-chat .log").evaluate("log => log.scrollWidth <= log.clientWidth")


def test_a_card_of_a_kind_not_known_yet_leaves_its_text(chat: ChatPage) -> None:
    chat.open()
    chat.ask("other card", "A card of tomorrow.")


def test_unread_messages_are_counted_on_the_button_and_in_the_title(chat: ChatPage, engine: EngineStandIn) -> None:
    chat.open()
    chat.ask("hello", "What can I do")
    title = chat.page.title()
    engine.open.clear()
    chat.say("case")
    chat.page.get_by_role("button", name="Close chat").click()
    engine.open.set()
    expect(chat.launcher).to_have_accessible_name("Chat with us, new messages: 1")
    expect(chat.page).to_have_title(f"(1) {title}")
    chat.open()
    expect(chat.page).to_have_title(title)


def test_the_bot_is_seen_typing(chat: ChatPage, engine: EngineStandIn) -> None:
    chat.open()
    chat.ask("case", "on record")
    engine.open.clear()
    chat.say("hello")
    expect(chat.page.locator("ramah-chat .typing")).to_have_text("Ramah is typing")
    engine.open.set()
    chat.sees("What can I do")
    expect(chat.page.locator("ramah-chat .typing")).to_be_empty()


def test_the_shop_page_speaks_for_the_shopper(chat: ChatPage) -> None:
    chat.page.get_by_role("button", name="Track an order").click()
    chat.sees("Which order is it?")
    assert chat.bubbles("shopper") == ["Where is my order?"]
