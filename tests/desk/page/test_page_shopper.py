"""What an agent does about the shopper: who it is, the transcript, a photo, what was said long ago, news by sound."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from bot.store.models import Order
from tests.demo_store.process import RunningStore
from tests.desk.mail_server import MailServer
from tests.desk.order_fixtures import Take
from tests.desk.outward_play import SENDER
from tests.desk.page.conftest import Picture, SignedIn, Visit
from tests.desk.page.panel_fixtures import own_engine, paid, panel, stock, take
from tests.desk.processes import Desk, DeskEngine
from tests.until import until

__all__ = ["own_engine", "stock", "take"]

pytestmark = pytest.mark.browser

SAYS = "a person with form please"


@pytest.fixture
def order(take: Take) -> Order:
    """Of somebody who has an account at the shop."""
    return take(lambda each: paid(each) and each.customer.id is not None)


@pytest.fixture
def own_desk(tmp_path: Path, own_engine: DeskEngine, store: RunningStore, mails: MailServer) -> Iterator[Desk]:
    running = Desk(tmp_path / "desk", own_engine.url, store, smtp_url=mails.url, mail_from=SENDER)
    running.start()
    yield running
    running.kill()


def test_agent_notes_which_customer_a_guest_is_who_proved_an_order(
    signed_in: SignedIn, visit: Visit, order: Order, picture: Picture
) -> None:
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    here = panel(desk, "shopper")
    desk.press("Escape", "d", "m")
    expect(desk.dialog).to_contain_text("It cannot be undone.")
    picture(desk.page, "merge")
    desk.press("Escape")
    expect(desk.dialog).to_have_count(0)
    expect(here).not_to_contain_text("known customer")
    desk.press("d", "m")
    desk.dialog.get_by_role("button", name="Note it").click()
    expect(desk.toast).to_contain_text("Noted: this guest is a known customer.")
    expect(here).to_contain_text("known customer")
    expect(here).to_contain_text(order.customer.id or "")


def test_agent_sends_the_transcript_by_its_key_to_the_address_of_the_proved_order(
    signed_in: SignedIn, visit: Visit, order: Order, mails: MailServer
) -> None:
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    desk.press("Escape", "Shift+E")
    expect(desk.toast).to_contain_text("The transcript is on its way by email.")
    until(lambda: mails.recipients == [order.customer.email])
    assert SAYS in mails.mails[0].get_content()


def test_agent_sends_a_photo_and_a_file_that_is_none_is_refused(
    signed_in: SignedIn, visit: Visit, tmp_path: Path
) -> None:
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    wrong = tmp_path / 'x".svg'
    wrong.write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    file = desk.page.locator('input[type="file"]')
    file.set_input_files(wrong)
    expect(desk.page.get_by_text("Please choose a JPEG, PNG or WebP picture below 8 MB.")).to_be_visible()
    right = tmp_path / "label.jpg"
    right.write_bytes(_photo())
    file.set_input_files(right)
    expect(desk.log.locator(".message.agent img")).to_be_visible()
    until(lambda: [card["type"] for card in _cards_of_agents(waiting.messages())] == ["photo"])


def test_what_was_said_long_ago_comes_when_one_scrolls_up(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit(SAYS), signed_in()
    for number in range(110):
        waiting.write(f"line {number} of many")
    desk.open(waiting.id)
    expect(desk.log).to_contain_text("line 109 of many")
    expect(desk.log).not_to_contain_text("line 2 of many")
    desk.log.evaluate("node => { node.scrollTop = 0; }")
    expect(desk.log).to_contain_text("line 2 of many")
    assert desk.log.evaluate("node => node.scrollTop") > 0  # what one was reading stays where it was


# The browser's own notifications and tones, counted as they are made.
COUNTED = """
    window.made = [];
    const Shown = window.Notification;
    window.Notification = class extends Shown {
        constructor(title, options) { super(title, options); window.made.push(options.body); }
    };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) { window.made.push('tone'); return start.call(this, at); };
    Object.defineProperty(document, 'hidden', { get: () => window.away === true });
"""


def test_agent_who_wants_it_hears_and_sees_news_while_they_look_elsewhere(
    signed_in: SignedIn, visit: Visit, new_news: Callable[[], str]
) -> None:
    desk = signed_in()
    desk.page.context.grant_permissions(["notifications"])
    desk.page.add_init_script(COUNTED)
    desk.page.reload()
    waiting = visit("a person please")
    expect(desk.row(waiting.id)).to_be_visible()
    assert desk.page.evaluate("made") == []  # nobody has asked for it yet
    desk.page.get_by_role("button", name="Notifications and sound are off").click()
    expect(desk.toast).to_contain_text("Notifications and sound are on.")
    assert desk.page.evaluate("made") == ["tone", "tone"]  # how it sounds
    desk.claims(waiting.id)
    desk.page.evaluate("window.made = []; window.away = true;")
    waiting.write(new_news())
    until(lambda: len(desk.page.evaluate("made")) >= 3, told=lambda: str(desk.page.evaluate("made")))
    told, *tones = sorted(desk.page.evaluate("made"))
    assert re.fullmatch(r"Guest \w+: news 1", told)
    assert tones == ["tone", "tone"]
    desk.page.evaluate("window.made = []")
    visit("upset person please")
    until(lambda: len(desk.page.evaluate("made")) >= 3, told=lambda: str(desk.page.evaluate("made")))
    assert re.fullmatch(r"Guest \w+ waits for a person\.", sorted(desk.page.evaluate("made"))[0])
    desk.page.get_by_role("button", name="Notifications and sound are on").click()
    desk.page.evaluate("window.made = []")
    waiting.write(new_news())
    expect(desk.log).to_contain_text("news 2")
    assert desk.page.evaluate("made") == []


@pytest.fixture
def new_news() -> Callable[[], str]:
    said: list[str] = []

    def another() -> str:
        said.append(f"news {len(said) + 1}")
        return said[-1]

    return another


def _cards_of_agents(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each["card"] for each in messages if each["author"]["kind"] == "agent" and each["card"]]


def _photo() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (320, 240), "navy").save(kept, "JPEG")
    return kept.getvalue()
