"""A shopper sends a photo: what cannot be taken is said at once, the rest is made small and sent."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.web.chat_page import ChatPage
from tests.web.conftest import Gateway, NewContext
from tests.web.engine_stand_in import EngineStandIn

pytestmark = pytest.mark.browser

REFUSED = "Please choose a JPEG, PNG or WebP picture below 8 MB."


def jpeg(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "brown").save(made, "JPEG")
    return made.getvalue()


def pick(chat: ChatPage, name: str, kind: str, content: bytes) -> None:
    file = FilePayload(name=name, mimeType=kind, buffer=content)
    chat.page.locator("ramah-chat input[type=file]").set_input_files(file)


def test_shopper_sends_the_photo_that_was_asked_for(chat: ChatPage, engine: EngineStandIn) -> None:
    chat.open()
    chat.ask("photo request", "A photo helps us.")
    with chat.page.expect_file_chooser() as chooser:
        chat.page.get_by_role("button", name="Take or choose a photo").click()
    chooser.value.set_files(FilePayload(name="broken.jpg", mimeType="image/jpeg", buffer=jpeg(900, 600)))
    chat.sees("your return is on its way")
    assert engine.inputs[-1]["kind"] == "photo"
    shown = chat.page.get_by_role("img", name="Photo")
    expect(shown).to_have_js_property("naturalWidth", 900)


def test_the_photo_is_still_there_after_a_reload(chat: ChatPage) -> None:
    chat.open()
    pick(chat, "shirt.png", "image/png", png())
    chat.sees("your return is on its way")
    chat.page.reload()
    chat.sees("your return is on its way")
    shown = chat.page.get_by_role("img", name="Photo")
    expect(shown).to_have_js_property("naturalWidth", 64)


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(made, "PNG")
    return made.getvalue()


def test_a_large_photo_is_made_smaller_before_it_travels(chat: ChatPage) -> None:
    chat.open()
    with chat.page.expect_request("**/photos") as upload:
        pick(chat, "large.jpg", "image/jpeg", jpeg(4000, 3000))
    chat.sees("your return is on its way")
    assert upload.value.headers["content-type"] == "image/jpeg"
    chat.page.reload()
    expect(chat.page.get_by_role("img", name="Photo")).to_have_js_property("naturalWidth", 1600)


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("animation.gif", "image/gif", b"GIF89a"),
        ("letter.pdf", "application/pdf", b"%PDF-1.7"),
        ("not-really.jpg", "image/jpeg", b"this is no picture"),
        ("heavy.jpg", "image/jpeg", jpeg(20, 20) + b"\0" * (8 * 2**20)),
        ("wide.png", "image/png", None),
    ],
)
def test_what_cannot_be_taken_is_refused_at_once(chat: ChatPage, name: str, kind: str, content: bytes | None) -> None:
    if content is None:
        made = io.BytesIO()
        Image.new("1", (8200, 5000)).save(made, "PNG")
        content = made.getvalue()
    chat.open()
    pick(chat, name, kind, content)
    expect(chat.page.locator("ramah-chat .composer .error")).to_have_text(REFUSED)
    expect(chat.messages).to_have_count(1)


def test_a_photo_taken_offline_is_kept_over_a_reload_and_sent_once(
    new_context: NewContext, gateway: Gateway, engine: EngineStandIn
) -> None:
    chat = ChatPage(new_context().new_page(), gateway.url)
    chat.visit()
    chat.open()
    chat.ask("hello", "What can I do")
    away = True
    chat.page.route("**/chat/v1/**", lambda route: route.abort() if away else route.continue_())
    before = len(engine.inputs)
    pick(chat, "shirt.jpg", "image/jpeg", jpeg(300, 200))
    expect(chat.last).to_contain_text("Not sent yet")
    chat.page.reload()
    expect(chat.page.get_by_role("img", name="Photo")).to_be_visible()
    away = False
    chat.sees("your return is on its way")
    assert [given["kind"] for given in engine.inputs[before:]] == ["photo"]
