"""The help centre in a real browser: readable by everybody, without script, reached from the chat."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.chat_page import ChatPage
from tests.web.conftest import Gateway, NewContext, Picture
from tests.web.test_accessibility import violations

pytestmark = pytest.mark.browser

PAGES = ("/help/en/", "/help/id/size-guide", "/help/ms/?q=kos+pos", "/help/en/?q=xyzzy", "/help/en/no-such-page")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1100, "dark")])
def test_every_kind_of_page_is_readable_by_everybody_on_a_phone_too(
    new_context: NewContext, gateway: Gateway, picture: Picture, width: int, scheme: str
) -> None:
    page = new_context(viewport={"width": width, "height": 740}, color_scheme=scheme).new_page()
    for number, path in enumerate(PAGES):
        page.goto(gateway.url + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        picture(page, f"help-{width}-{scheme}-{number}")


def test_a_shopper_searches_without_script_and_reads_the_article(new_context: NewContext, gateway: Gateway) -> None:
    page = new_context(java_script_enabled=False, viewport={"width": 390, "height": 780}).new_page()
    page.goto(f"{gateway.url}/help/en/")
    page.get_by_label("Search the help centre").fill("is postage free")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Free delivery").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Free delivery")
    page.get_by_role("link", name="Bahasa Melayu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Penghantaran percuma")


def test_the_link_below_an_answer_opens_the_article_beside_the_shop(chat: ChatPage) -> None:
    chat.open()
    chat.ask("article", "Did that help?")
    link = chat.dialog.get_by_role("link", name="What delivery costs")
    with chat.page.expect_popup() as opened:
        link.click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("What delivery costs")
    assert opened.value.evaluate("window.opener") is None
    expect(chat.input).to_be_visible()
