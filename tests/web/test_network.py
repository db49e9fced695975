"""Reloads, lost network, old tokens, several tabs: nothing is lost and nothing is sent twice."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.until import until
from tests.web.chat_page import ChatPage
from tests.web.conftest import Gateway, NewContext
from tests.web.engine_stand_in import EngineStandIn

pytestmark = pytest.mark.browser

STORED = "() => JSON.stringify({...localStorage, ...sessionStorage, cookie: document.cookie})"


@pytest.fixture
def rough(new_context: NewContext, gateway: Gateway) -> ChatPage:
    """A chat whose network will fail on purpose, so that the console may complain."""
    page = ChatPage(new_context().new_page(), gateway.url)
    page.visit()
    return page


def said(engine: EngineStandIn, text: str) -> int:
    return [given.get("text") for given in engine.inputs].count(text)


def test_nothing_is_stored_or_asked_for_before_the_shopper_speaks(new_context: NewContext, gateway: Gateway) -> None:
    chat = ChatPage(new_context().new_page(), gateway.url)
    asked: list[str] = []
    chat.page.on("request", lambda request: asked.append(request.url.removeprefix(gateway.url)))
    chat.visit()
    chat.open()
    chat.input.fill("half a thou")
    expect(chat.messages).to_have_count(1)
    assert json.loads(chat.page.evaluate(STORED)) == {"cookie": ""}
    assert not [path for path in asked if not path.startswith(("/widget/", "/shop/", "/demo/")) and path != "/"]


def test_conversation_survives_a_reload_with_the_chat_open_again(chat: ChatPage) -> None:
    chat.open()
    chat.ask("confirm", "Is this right?")
    chat.page.reload()
    chat.sees("Is this right?")
    expect(chat.dialog).to_be_visible()
    chat.page.get_by_role("button", name="Yes, change it").click()
    chat.sees("Done.")
    assert chat.bubbles("shopper") == ["confirm", "Yes, change it"]


def test_half_filled_address_survives_a_reload(chat: ChatPage, engine: EngineStandIn) -> None:
    chat.open()
    chat.ask("address", "Where should it go?")
    chat.page.get_by_label("Street and number").fill("5 Jalan Semenyih")
    chat.input.fill("and one more thing")
    chat.page.reload()
    expect(chat.page.get_by_label("Street and number")).to_have_value("5 Jalan Semenyih")
    expect(chat.input).to_have_value("and one more thing")
    chat.page.get_by_label("Postcode").fill("43500")
    chat.page.get_by_role("button", name="Use this address").click()
    chat.sees("Is this right?")
    assert engine.inputs[-1]["values"]["line1"] == "5 Jalan Semenyih"


def test_network_lost_in_mid_form_sends_the_form_once_when_it_is_back(rough: ChatPage, engine: EngineStandIn) -> None:
    rough.open()
    rough.ask("address", "Where should it go?")
    rough.page.get_by_label("Street and number").fill("7 Jalan Offline")
    rough.page.get_by_label("Postcode").fill("43500")
    rough.page.context.set_offline(True)
    rough.page.get_by_role("button", name="Use this address").click()
    expect(rough.last).to_contain_text("Not sent yet, will send when you are online")
    expect(rough.strip).to_contain_text("No connection")
    expect(rough.page.get_by_role("button", name="Use this address")).to_be_disabled()
    rough.page.context.set_offline(False)
    rough.sees("Is this right?")
    expect(rough.strip).to_be_empty()
    sent = [given for given in engine.inputs if (given.get("values") or {}).get("line1") == "7 Jalan Offline"]
    assert len(sent) == 1


def test_messages_written_offline_are_sent_once_and_in_order(rough: ChatPage, engine: EngineStandIn) -> None:
    rough.open()
    rough.ask("hello", "What can I do")
    rough.page.context.set_offline(True)
    for number in range(3):
        rough.say(f"offline {number}")
    expect(rough.page.get_by_text("Not sent yet")).to_have_count(3)
    rough.page.context.set_offline(False)
    rough.sees("You said: offline 2")
    texts = [given.get("text") for given in engine.inputs if str(given.get("text")).startswith("offline")]
    assert texts == ["offline 0", "offline 1", "offline 2"]
    assert rough.bubbles("shopper")[1:] == texts


def test_first_words_without_a_server_are_kept_over_a_reload(rough: ChatPage, engine: EngineStandIn) -> None:
    away = True
    api = "**/chat/v1/**"
    rough.page.route(api, lambda route: route.abort() if away else route.continue_())
    rough.open()
    rough.say("said to nobody")
    expect(rough.last).to_contain_text("Not sent yet")
    rough.page.reload()
    expect(rough.last).to_contain_text("said to nobody")
    away = False
    rough.sees("You said: said to nobody")
    assert said(engine, "said to nobody") == 1


def test_an_answer_that_got_lost_does_not_send_the_message_twice(rough: ChatPage, engine: EngineStandIn) -> None:
    lost = 0

    def lose_the_first(route: Route) -> None:
        nonlocal lost
        if route.request.method == "POST" and lost == 0:
            lost += 1
            route.fetch()
            route.abort()
        else:
            route.continue_()

    rough.open()
    rough.page.route("**/messages", lose_the_first)
    rough.ask("only once", "You said: only once")
    expect(rough.page.locator("ramah-chat .state:not(:empty)")).to_have_count(0)
    assert lost == 1
    assert said(engine, "only once") == 1
    assert rough.bubbles("shopper") == ["only once"]


def test_where_no_socket_can_be_opened_the_chat_asks_instead(new_context: NewContext, gateway: Gateway) -> None:
    chat = ChatPage(new_context().new_page(), gateway.url)
    chat.page.route_web_socket("**/stream", lambda socket: socket.close(code=1013))
    chat.visit()
    chat.open()
    chat.ask("hello", "What can I do")
    chat.ask("case", "on record")
    expect(chat.strip).to_be_empty()


def test_a_dropped_socket_comes_back_and_brings_what_was_missed(new_context: NewContext, gateway: Gateway) -> None:
    chat = ChatPage(new_context().new_page(), gateway.url)
    sockets: list[WebSocketRoute] = []

    def watch(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    chat.page.route_web_socket("**/stream", watch)
    chat.visit()
    chat.open()
    chat.ask("hello", "What can I do")
    sockets[-1].close(code=1012)
    chat.ask("case", "on record")
    until(lambda: len(sockets) > 1)
    assert chat.bubbles("shopper") == ["hello", "case"]


def test_an_ended_conversation_is_followed_by_a_new_one_that_keeps_what_was_said(
    rough: ChatPage, engine: EngineStandIn
) -> None:
    rough.open()
    rough.ask("confirm", "Is this right?")
    key = rough.page.evaluate("() => Object.keys(localStorage).find((key) => key.endsWith(':session'))")
    rough.page.evaluate(
        "key => localStorage.setItem(key, JSON.stringify({...JSON.parse(localStorage[key]), token: 'old'}))", key
    )
    rough.page.reload()
    expect(rough.messages.first).to_contain_text("The earlier conversation has ended. This is a new one.")
    rough.ask("hello", "What can I do")
    assert rough.bubbles("shopper") == ["hello"]


def test_a_choice_made_in_an_ended_conversation_is_said_in_words_in_the_new_one(
    rough: ChatPage, engine: EngineStandIn
) -> None:
    rough.open()
    rough.ask("confirm", "Is this right?")
    rough.page.route("**/messages", lambda route: route.fulfill(status=401, json={"detail": "No."}), times=1)
    rough.page.get_by_role("button", name="Yes, change it").click()
    rough.sees("You said: Yes, change it")


def test_two_tabs_show_the_same_conversation(chat: ChatPage, gateway: Gateway) -> None:
    chat.open()
    chat.ask("hello", "What can I do")
    other = ChatPage(chat.page.context.new_page(), gateway.url)
    other.visit()
    other.sees("What can I do")
    other.ask("case", "on record")
    chat.sees("on record")
    assert chat.bubbles("shopper") == other.bubbles("shopper") == ["hello", "case"]
    assert other.complaints == []


def test_a_tab_that_hears_of_another_tabs_sending_late_shows_the_message_once(
    chat: ChatPage, gateway: Gateway, engine: EngineStandIn
) -> None:
    """Storage goes from tab to tab by a way of its own, at times after the socket; here the tab is told by hand."""
    chat.open()
    chat.ask("hello", "What can I do")
    before = said(engine, "hello")
    sent = chat.page.evaluate("() => document.querySelector('ramah-chat').conversation.messages[0].client_id")
    place = f"ramah:{gateway.url}:out:{sent}"
    entry = json.dumps({"client_id": sent, "at": "2026-11-22T00:00:00Z", "text": "hello"})
    shown = chat.page.evaluate(
        """([place, entry]) => {
            localStorage.setItem(place, entry);
            dispatchEvent(new StorageEvent('storage', { key: place }));
            return document.querySelector('ramah-chat').shadowRoot.querySelectorAll('.message.shopper').length;
        }""",
        [place, entry],
    )
    assert shown == 1
    until(lambda: chat.page.evaluate("place => !(place in localStorage)", place))
    assert chat.bubbles("shopper") == ["hello"]
    assert said(engine, "hello") == before


def test_a_tab_that_was_there_before_the_first_word_follows(chat: ChatPage, gateway: Gateway) -> None:
    other = ChatPage(chat.page.context.new_page(), gateway.url)
    other.visit()
    other.open()
    chat.open()
    chat.ask("hello", "What can I do")
    other.sees("What can I do")


def test_two_tabs_that_were_offline_send_each_message_once(
    rough: ChatPage, gateway: Gateway, engine: EngineStandIn
) -> None:
    rough.open()
    rough.ask("hello", "What can I do")
    other = ChatPage(rough.page.context.new_page(), gateway.url)
    other.visit()
    other.sees("What can I do")
    rough.page.context.set_offline(True)
    rough.say("from the first tab")
    other.say("from the second tab")
    expect(rough.page.get_by_text("Not sent yet")).to_have_count(2)
    rough.page.context.set_offline(False)
    rough.sees("You said: from the second tab")
    other.sees("You said: from the second tab")
    assert [said(engine, f"from the {which} tab") for which in ("first", "second")] == [1, 1]


def test_a_refused_message_says_why_and_can_be_removed(rough: ChatPage) -> None:
    refusal = {"detail": "This message is too odd."}
    rough.page.route("**/messages", lambda route: route.fulfill(status=422, json=refusal), times=1)
    rough.open()
    rough.say("odd")
    expect(rough.last).to_contain_text("This message is too odd.")
    rough.say("hello")
    expect(rough.page.get_by_text("What can I do for you?")).to_be_visible()
    rough.page.get_by_role("button", name="Remove").click()
    rough.sees("What can I do")
    assert rough.bubbles("shopper") == ["hello"]


def test_no_token_ever_stands_in_an_address(new_context: NewContext, gateway: Gateway) -> None:
    chat = ChatPage(new_context().new_page(), gateway.url)
    seen: list[str] = []
    chat.page.on("request", lambda request: seen.append(request.url))
    chat.page.on("websocket", lambda socket: seen.append(socket.url))
    chat.visit()
    chat.open()
    chat.ask("hello", "What can I do")
    chat.page.reload()
    chat.sees("What can I do")
    kept = json.loads(chat.page.evaluate(STORED))
    token = next(json.loads(value)["token"] for key, value in kept.items() if key.endswith(":session"))
    assert any(url.startswith("ws") for url in seen)
    assert not [url for url in seen if token in url]


def logged_in(page: Page) -> None:
    page.get_by_role("button", name="Log in as Siti (demo)").click()
    expect(page.get_by_role("button", name="Siti is logged in")).to_be_visible()


def test_a_logged_in_shopper_comes_with_the_shops_token(chat: ChatPage, engine: EngineStandIn) -> None:
    logged_in(chat.page)
    chat.open()
    chat.ask("hello", "What can I do")
    assert engine.contexts[-1]["customer"]["id"] == "cus_siti"


def test_after_log_in_the_guests_conversation_is_gone(chat: ChatPage) -> None:
    chat.open()
    chat.ask("hello", "What can I do")
    logged_in(chat.page)
    expect(chat.page.get_by_text("What can I do for you?")).to_have_count(0)
    chat.page.reload()
    expect(chat.launcher).to_be_visible()
    expect(chat.page.get_by_text("What can I do for you?")).to_have_count(0)


def test_a_refused_customer_token_lets_the_shopper_go_on_as_a_guest(rough: ChatPage, engine: EngineStandIn) -> None:
    rough.page.evaluate("() => { document.querySelector('ramah-chat').customerToken = 'not.a.token'; }")
    rough.open()
    rough.ask("hello", "What can I do")
    assert engine.contexts[-1]["customer"] is None
