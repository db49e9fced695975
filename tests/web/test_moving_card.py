"""The store says that an order has moved: its card moves by itself, under the shopper's eyes."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Locator, expect

from tests.demo_store.process import KEY, RunningStore, start_demo_store
from tests.web.chat_page import ChatPage
from tests.web.conftest import Gateway, NewContext, Picture
from tests.web.engine_stand_in import EngineStandIn

pytestmark = pytest.mark.browser

SECRET = "the-secret-that-signs-the-store-s-news"


@pytest.fixture
def live(
    tmp_path: Path, engine: EngineStandIn, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Gateway, RunningStore]]:
    """A gateway before a demo store that tells it of every change."""
    gateway = Gateway(tmp_path, engine.url)
    monkeypatch.setenv("RAMAH_EVENTS_URL", f"{gateway.url}/store/v1/events")
    monkeypatch.setenv("RAMAH_EVENTS_SECRET", SECRET)
    store = start_demo_store(tmp_path)
    monkeypatch.setenv("RAMAH_STORE_URL", store.url)
    monkeypatch.setenv("RAMAH_STORE_KEY", KEY)
    monkeypatch.setenv("RAMAH_STORE_WEBHOOK_SECRET", SECRET)
    gateway.start()
    yield gateway, store
    gateway.stop()
    store.stop()


def move(store: RunningStore, state: str) -> None:
    headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": secrets.token_hex(8)}
    url = f"{store.url}/v1/orders/1047/parcels"
    assert httpx.post(url, json={"state": state}, headers=headers, trust_env=False).status_code == 200


def card_of(chat: ChatPage) -> Locator:
    return chat.page.locator("ramah-chat .card", has_text="Order 1047").first


def test_an_open_card_moves_by_itself_and_is_there_after_a_reload(
    live: tuple[Gateway, RunningStore], new_context: NewContext, picture: Picture
) -> None:
    gateway, store = live
    chat = ChatPage(new_context().new_page(), gateway.url)
    chat.visit()
    chat.open()
    chat.ask("order of the demo store", "Here is your order.")
    expect(card_of(chat)).to_contain_text("On its way")
    chat.input.fill("half a word")
    chat.input.focus()
    picture(chat.page, "card-before-it-moves")

    move(store, "out_for_delivery")
    expect(card_of(chat)).to_contain_text("out for delivery", timeout=60_000)
    expect(card_of(chat)).to_have_count(1)
    status = chat.page.locator("ramah-chat .typing")
    expect(status).to_have_text("Order 1047: out for delivery")
    expect(status).to_have_attribute("role", "status")
    expect(chat.input).to_have_value("half a word")
    expect(chat.input).to_be_focused()
    picture(chat.page, "card-after-it-moved")

    chat.page.reload()
    expect(card_of(chat)).to_contain_text("out for delivery")
    move(store, "delivered")
    expect(card_of(chat)).to_contain_text("delivered", timeout=60_000)
    assert chat.complaints == []


def test_what_is_being_read_stays_where_it_is(live: tuple[Gateway, RunningStore], new_context: NewContext) -> None:
    gateway, store = live
    chat = ChatPage(new_context().new_page(), gateway.url)
    chat.visit()
    chat.open()
    chat.ask("order of the demo store", "Here is your order.")
    for _ in range(3):
        chat.ask("address", "Where should it go?")
    form = chat.page.locator("ramah-chat form.card").last
    name = form.get_by_label(re.compile("name", re.IGNORECASE)).first
    name.fill("Aisyah")
    before = name.bounding_box()
    move(store, "out_for_delivery")
    expect(card_of(chat)).to_contain_text("out for delivery", timeout=60_000)
    after = name.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2
    expect(name).to_be_focused()
    expect(name).to_have_value("Aisyah")
