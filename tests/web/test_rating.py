"""A person has helped: the shopper sees who, sees what they show, and says once how it was."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.web.chat_page import ChatPage
from tests.web.conftest import Gateway, NewContext, Picture
from tests.web.desk_agent import DeskAgent
from tests.web.test_accessibility import SIZES, violations

pytestmark = pytest.mark.browser


@pytest.fixture
def aini(gateway: Gateway) -> Iterator[DeskAgent]:
    agent = DeskAgent(gateway.url, gateway.folder, "Aini")
    yield agent
    agent.leave()


@pytest.fixture
def chat_id(chat: ChatPage, aini: DeskAgent) -> str:
    return helped(chat, aini)


def helped(chat: ChatPage, aini: DeskAgent) -> str:
    """A conversation that Aini has taken and answered."""
    chat.open()
    chat.ask("person", "leave your email")
    expect(chat.page.locator("ramah-chat .owner")).to_have_text("Waiting for a person")
    conversation_id = aini.take_the_latest()
    expect(chat.page.locator("ramah-chat .owner")).to_have_text("Aini, a person, is with you")
    aini.says(conversation_id, "It is on its way to you.")
    chat.sees("It is on its way to you.")
    return conversation_id


def card(chat: ChatPage) -> Locator:
    return chat.page.locator("ramah-chat form.card", has_text="1 is poor")


@pytest.mark.parametrize("look", [("desktop", "light"), ("phone", "dark")], ids="-".join)
def test_axe_finds_nothing_in_the_question(
    new_context: NewContext, gateway: Gateway, aini: DeskAgent, picture: Picture, look: tuple[str, str]
) -> None:
    size, scheme = look
    context = new_context(viewport=SIZES[size], color_scheme=scheme, reduced_motion="reduce")
    chat = ChatPage(context.new_page(), gateway.url)  # axe's own styles are refused: no look at the console here
    chat.visit()
    aini.post(f"/conversations/{helped(chat, aini)}/resolve")
    card(chat).get_by_role("radio", name="4").check()
    assert violations(chat.page) == []
    picture(chat.page, f"{size}-{scheme}-rating")


def test_the_shopper_rates_the_conversation_once(chat: ChatPage, aini: DeskAgent, chat_id: str) -> None:
    aini.post(f"/conversations/{chat_id}/resolve")
    question = card(chat)
    expect(question).to_be_visible()
    question.get_by_role("button", name="Send").click()
    expect(question.get_by_role("alert")).to_have_text("Please fill this in.")
    question.get_by_role("radio", name="4").check()
    question.get_by_label("A word about it").fill("Quick and kind")
    question.get_by_role("button", name="Send").click()
    chat.sees("Thank you for telling us.")
    assert chat.bubbles("shopper")[-1].split() == ["4/5", "Quick", "and", "kind"]
    expect(question.get_by_role("radio", name="4")).to_be_disabled()
    chat.page.reload()
    chat.sees("Thank you for telling us.")
    expect(card(chat).get_by_role("button", name="Send")).to_be_disabled()


def test_who_says_thank_you_first_can_still_rate(chat: ChatPage, aini: DeskAgent, chat_id: str) -> None:
    aini.post(f"/conversations/{chat_id}/resolve")
    expect(card(chat)).to_be_visible()
    chat.say("thanks, bye!")
    expect(chat.last).to_contain_text("thanks, bye!")
    card(chat).get_by_role("radio", name="5").check()
    card(chat).get_by_role("button", name="Send").click()
    chat.sees("Thank you for telling us.")


def test_a_rating_is_given_by_keyboard_alone(chat: ChatPage, aini: DeskAgent, chat_id: str) -> None:
    aini.post(f"/conversations/{chat_id}/resolve")
    card(chat).get_by_role("radio", name="1").focus()
    for _ in range(2):
        chat.page.keyboard.press("ArrowRight")
    chat.page.keyboard.press("Enter")
    chat.sees("Thank you for telling us.")
    assert chat.bubbles("shopper")[-1].strip() == "3/5"


def test_a_rating_begun_is_still_there_after_a_reload(chat: ChatPage, aini: DeskAgent, chat_id: str) -> None:
    aini.post(f"/conversations/{chat_id}/resolve")
    card(chat).get_by_role("radio", name="2").check()
    card(chat).get_by_label("A word about it").fill("Slow")
    chat.page.reload()
    expect(card(chat).get_by_role("radio", name="2")).to_be_checked()
    expect(card(chat).get_by_label("A word about it")).to_have_value("Slow")


def test_the_shopper_sees_the_photo_that_an_agent_shows(chat: ChatPage, aini: DeskAgent, chat_id: str) -> None:
    made = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(made, "JPEG")
    aini.shows(chat_id, made.getvalue())
    shown = chat.page.locator("ramah-chat .message.agent").get_by_role("img", name="Photo")
    expect(shown).to_have_js_property("naturalWidth", 320)
