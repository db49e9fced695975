"""The three jobs in the widget, with everything real behind it: by mouse, by keyboard alone, on a phone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.end_to_end.store_reader import FreshStore
from tests.stack import Stack
from tests.web.chat_page import ChatPage
from tests.web.conftest import NewContext, Picture
from tests.web.hands import HANDS, Hand

pytestmark = [pytest.mark.browser, pytest.mark.stack]


@dataclass
class Shopper:
    chat: ChatPage
    hand: Hand
    name: str

    def says(self, text: str, answer: str) -> None:
        self.hand.write(self.chat.input, text)
        self.chat.page.keyboard.press("Enter")
        self.chat.sees(answer)

    def presses(self, name: str) -> None:
        self.hand.press(self.chat.page.get_by_role("button", name=name, exact=True).last)

    def proves(self, number: str, email: str, answer: str) -> None:
        self.chat.sees("order number")
        self.says(number, "email, phone number or postcode")
        self.says(email, answer)


@pytest.fixture(scope="module")
def store(stack: Stack) -> Iterator[FreshStore]:
    (stack.settings.state_dir / "demo-orders.json").write_text("[]")  # what `ramah demo` puts there
    fresh = FreshStore(stack)
    yield fresh
    fresh.restore()


@pytest.fixture(params=list(HANDS))
def shopper(
    request: pytest.FixtureRequest, stack: Stack, store: FreshStore, new_context: NewContext
) -> Iterator[Shopper]:
    store.restore()
    hand, options = HANDS[request.param]
    page = ChatPage(new_context(**options).new_page(), stack.url)
    page.page.set_default_timeout(60_000)
    page.visit()
    hand.press(page.launcher)
    expect(page.input).to_be_focused()
    yield Shopper(page, hand, request.param)
    assert page.complaints == []


def test_shopper_tracks_an_order(shopper: Shopper, picture: Picture) -> None:
    shopper.presses("Where is my order?")
    shopper.proves("1047", "aisyah@example.com", "Order #1047")
    card = shopper.chat.page.locator("ramah-chat .card", has_text="1047").first
    expect(card).to_contain_text("Batik Long-Sleeve Shirt")
    expect(card.get_by_role("link", name="Follow the parcel").first).to_be_visible()
    picture(shopper.chat.page, f"job-track-{shopper.name}")


def test_shopper_changes_an_address(shopper: Shopper, picture: Picture, store: FreshStore) -> None:
    shopper.presses("Change my delivery address")
    shopper.proves("1060", "nurul@example.com", "new address")
    form = shopper.chat.last
    shopper.hand.write(form.get_by_label("Street and number"), "5 Jalan Semenyih")
    shopper.hand.write(form.get_by_label("Postcode"), "43500")
    shopper.hand.write(form.get_by_label("City"), "Semenyih")
    picture(shopper.chat.page, f"job-address-form-{shopper.name}")
    shopper.presses("Use this address")
    shopper.chat.sees("Shall I change it?")
    picture(shopper.chat.page, f"job-address-confirm-{shopper.name}")
    shopper.presses("Yes, change it")
    shopper.chat.sees("now goes to the new address")
    address = store.orders()["1060"]["shipping_address"]
    assert (address["line1"], address["postcode"], address["city"]) == ("5 Jalan Semenyih", "43500", "Semenyih")


def test_shopper_asks_for_a_return_with_a_photo(shopper: Shopper, picture: Picture, store: FreshStore) -> None:
    made = io.BytesIO()
    Image.new("RGB", (640, 480), "sienna").save(made, "JPEG")
    shopper.presses("I want to return something")
    shopper.proves("1071", "meiling@example.com", "Which items")
    shopper.hand.choose_one_more(shopper.chat.page.get_by_label("Linen Kurta"))
    picture(shopper.chat.page, f"job-return-items-{shopper.name}")
    shopper.presses("Continue with these")
    shopper.chat.sees("reason")
    shopper.presses("It arrived damaged")
    shopper.chat.sees("photo")
    with shopper.chat.page.expect_file_chooser() as chooser:
        shopper.presses("Take or choose a photo")
    chooser.value.set_files(FilePayload(name="kurta.jpg", mimeType="image/jpeg", buffer=made.getvalue()))
    shopper.chat.sees("What would you like instead?")
    shopper.presses("My money back")
    expect(shopper.chat.last.locator(".choices button").first).to_be_visible()
    picture(shopper.chat.page, f"job-return-confirm-{shopper.name}")
    shopper.hand.press(shopper.chat.last.locator(".choices button").first)
    expect(shopper.chat.page.locator("ramah-chat .card", has_text="Case ").last).to_be_visible()
    picture(shopper.chat.page, f"job-return-case-{shopper.name}")
    cases = store.orders()["1071"]["cases"]
    assert [item["line_id"] for item in cases[-1]["items"]] == ["1"]


def test_an_indonesian_shopper_on_an_english_page_reads_the_card_in_indonesian(shopper: Shopper) -> None:
    shopper.says("paket saya kok blm nyampe ya kak, 1047 aisyah@example.com", "sedang dalam perjalanan")
    card = shopper.chat.page.locator("section.card").first
    for words in ("Pesanan 1047", "Dipesan", "Nomor resi", "Lacak paket"):
        expect(card).to_contain_text(words)
    expect(card).not_to_contain_text("Ordered")
