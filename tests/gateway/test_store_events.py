"""The store tells that an order has moved: whoever looks at it sees it move, who asked is told, once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from bot.store.demo_webhook import read_event, signed_headers
from bot.store.events import BadSignature
from bot.wording.words import words_in
from tests.demo_store.process import KEY, start_demo_store
from tests.gateway.processes import ROOT, Engine, Gateway
from tests.gateway.shopper import Shopper
from tests.gateway.store_news import SECRET, StoreNews, asks_to_be_told, looks_at, minutes_ago
from tests.until import until

World = tuple[Gateway, StoreNews]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Iterator[World]:
    """A gateway and a store that all tests here may use, but for those that break them."""
    yield from _world(tmp_path_factory.mktemp("world"), engine, f"{SECRET}-new, {SECRET}")


@pytest.fixture
def own_world(tmp_path: Path, engine: Engine) -> Iterator[World]:
    yield from _world(tmp_path, engine, SECRET)


def _world(folder: Path, engine: Engine, secret: str) -> Iterator[World]:
    with ExitStack() as opened:
        store = start_demo_store(folder)
        opened.callback(store.stop)
        gateway = Gateway(folder, engine.url, store_url=store.url, store_key=KEY, store_webhook_secret=secret)
        gateway.start()
        opened.callback(gateway.kill)
        news = StoreNews(store, gateway.url)
        opened.callback(news.close)
        yield gateway, news


def rows(gateway: Gateway, query: str) -> list[Any]:
    with closing(sqlite3.connect(gateway.database)) as database:
        return database.execute(query).fetchall()


def is_worked_off(gateway: Gateway) -> None:
    until(lambda: rows(gateway, "SELECT * FROM order_news") == [], 30, lambda: gateway.log.read_text()[-2000:])


async def notes(shopper: Shopper) -> list[dict[str, Any]]:
    """What the bot or the gateway said by itself."""
    beginnings = ("News", "Good news", "The courier")
    return [each for each in (await shopper.page())["messages"] if each["text"].startswith(beginnings)]


async def test_only_who_knows_the_secret_and_is_quick_is_heard(world: World) -> None:
    _, news = world
    order = news.fresh("shipped")
    body = json.dumps({"id": "1", "topic": "t", "order_id": order.id}).encode()
    good = signed_headers(SECRET, body)
    assert news.sends(body, good).status_code == 202
    assert news.tells(order.id, secret=f"{SECRET}-new") == 202
    refused = [
        news.sends(body, {}),
        news.sends(body, signed_headers("another secret", body)),
        news.sends(body, signed_headers(SECRET, body, minutes_ago(6))),
        news.sends(body, signed_headers(SECRET, body, minutes_ago(-6))),
        news.sends(body.replace(b"t", b"u"), good),
        news.sends(body, {**good, "x-ramah-signature": "v1="}),
        news.sends(body, {**good, "x-ramah-timestamp": "never"}),
    ]
    assert {(each.status_code, each.text) for each in refused} == {(401, refused[0].text)}
    assert refused[0].json()["code"] == "bad_signature"
    assert news.sends(b"[]", signed_headers(SECRET, b"[]")).status_code == 400
    assert news.sends(b"x" * 1_100_000, {}).status_code == 413
    ping = b'{"id": "2", "topic": "ping"}'
    assert news.sends(ping, signed_headers(SECRET, ping)).status_code == 204


def test_without_a_secret_nobody_is_heard() -> None:
    body = b'{"id": "1", "topic": "t", "order_id": "any"}'
    for secret in ("", "guessed"):
        with pytest.raises(BadSignature):
            read_event(signed_headers(secret, body), body, [])


async def test_an_open_card_moves_by_itself_in_all_tabs_and_after_a_reload(world: World) -> None:
    gateway, news = world
    shopper = await Shopper(gateway.url).enter(locale="en-MY")
    order = news.fresh("shipped")
    seq = await looks_at(shopper, order)
    async with shopper.tab() as one, shopper.tab(after=seq) as other:
        await one.until_seq(seq)
        await other.until(type="owner")
        news.moves(order, "out_for_delivery")
        assert news.tells(order.id) == 202
        for tab in (one, other):
            drawn = (await tab.until(type="redrawn"))["message"]
            assert (drawn["seq"], drawn["revision"], drawn["card"]["state"]) == (seq, 1, "out_for_delivery")
            assert drawn["card"]["state_label"] == "out for delivery"
            assert drawn["labels"]["order"] == "Order {number}"
            assert order.id not in json.dumps(drawn)
    page = await shopper.page()
    assert page["redrawn"] == []
    assert page["messages"][seq - 1]["card"]["state"] == "out_for_delivery"
    await shopper.leave()


async def test_a_tab_that_was_away_gets_the_cards_it_missed_and_no_others(world: World) -> None:
    gateway, news = world
    shopper = await Shopper(gateway.url).enter(locale="en-MY")
    first, second = news.fresh("shipped"), news.fresh("paid")
    one, two = await looks_at(shopper, first), await looks_at(shopper, second)
    news.moves(first, "out_for_delivery")
    news.tells(first.id)
    is_worked_off(gateway)
    news.moves(second, "packed")
    news.tells(second.id)
    is_worked_off(gateway)
    async with shopper.tab(after=two) as tab:
        await tab.until(type="owner")
        assert [(f["message"]["seq"], f["message"]["revision"]) for f in tab.frames if f["type"] == "redrawn"] == [
            (one, 1),
            (two, 2),
        ]
    async with shopper.tab(after=two, redrawn=1) as tab:
        await tab.until(type="owner")
        assert [f["message"]["seq"] for f in tab.frames if f["type"] == "redrawn"] == [two]
    answer = await shopper.http.get(
        f"{shopper.path}/messages", params={"after": two, "redrawn": 1}, headers=shopper.headers
    )
    assert [each["seq"] for each in answer.json()["redrawn"]] == [two]
    await shopper.leave()


async def test_only_the_newest_card_of_an_order_is_drawn_anew(world: World) -> None:
    gateway, news = world
    shopper = await Shopper(gateway.url).enter(locale="en-MY")
    order = news.fresh("shipped")
    old, new = await looks_at(shopper, order), await looks_at(shopper, order)
    news.moves(order, "delivered")
    news.tells(order.id)
    is_worked_off(gateway)
    messages = (await shopper.page())["messages"]
    assert messages[old - 1]["card"]["number"] == "?"
    assert messages[new - 1]["card"]["state"] == "delivered"
    await shopper.leave()


async def test_who_asked_is_told_once_a_step_however_often_and_in_whatever_order_the_store_tells(world: World) -> None:
    gateway, news = world
    shopper = await Shopper(gateway.url).enter(locale="en-MY")
    order = news.fresh("paid")
    await asks_to_be_told(shopper, order)
    for state in ("packed", "in_transit", "out_for_delivery", "failed_attempt", "out_for_delivery", "delivered"):
        news.moves(order, state)
        for topics in list(permutations(("order.shipped", "order.delivered", "order.updated")))[:3]:
            for topic in topics:
                assert news.tells(order.id, topic=topic) == 202
        is_worked_off(gateway)
    told = await notes(shopper)
    number = f"order #{order.number}"
    beginnings = [
        f"News: {number} is packed",
        f"News: {number} is on its way",
        f"News: {number} is out for delivery",
        f"The courier tried to deliver {number}",
        f"News: {number} is out for delivery",
        f"Good news: {number} has been delivered",
    ]
    assert [each["text"][: len(begins)] for each, begins in zip(told, beginnings, strict=True)] == beginnings
    assert {each["card"]["number"] for each in told} == {order.number}
    assert {each["author"]["kind"] for each in told} == {"bot"}
    assert [[button["title"] for button in each["buttons"]] for each in told] == [["Stop telling me"]] * 5 + [[]]
    news.moves(order, "in_transit")  # the courier's system steps back: nobody hears of it, for it has arrived
    news.tells(order.id)
    is_worked_off(gateway)
    assert len(await notes(shopper)) == 6
    await shopper.leave()


async def test_the_button_under_a_note_ends_it_and_is_answered_at_once(world: World) -> None:
    gateway, news = world
    shopper = await Shopper(gateway.url).enter(locale="en-MY")
    order = news.fresh("paid")
    await asks_to_be_told(shopper, order)
    news.moves(order, "packed")
    news.tells(order.id)
    is_worked_off(gateway)
    (note,) = await notes(shopper)
    answer = await shopper.post(wait=10, choice=note["buttons"][0]["value"])
    (said,) = answer.json()["replies"]
    assert said["text"].startswith(f"Okay, I won't tell you about order #{order.number} by myself any more.")
    news.moves(order, "in_transit")
    news.tells(order.id)
    is_worked_off(gateway)
    assert len(await notes(shopper)) == 1
    await shopper.leave()


async def test_in_the_shoppers_language(world: World) -> None:
    gateway, news = world
    shopper = await Shopper(gateway.url).enter(locale="id-ID")
    order = news.fresh("paid")
    await asks_to_be_told(shopper, order, "Baik, dalam bahasa Indonesia")
    news.moves(order, "out_for_delivery")
    news.tells(order.id)
    is_worked_off(gateway)
    said = (await shopper.page())["messages"][-1]
    assert said["text"].startswith(f"Ada kabar, Kak: pesanan #{order.number} sedang diantar kurir.")
    assert said["card"]["state_label"] == words_in("id", ROOT / "data/words").text("track_state.out_for_delivery")
    await shopper.leave()


async def test_while_a_person_has_the_conversation_it_is_a_notice_and_the_engine_hears_nothing(
    world: World, engine: Engine
) -> None:
    gateway, news = world
    shopper = await Shopper(gateway.url).enter(locale="en-MY")
    order = news.fresh("paid")
    await asks_to_be_told(shopper, order)
    await shopper.post(wait=15, text="a person please")
    asked = len(engine.asked())
    assert (await shopper.page())["owner"]["kind"] != "bot"
    news.moves(order, "in_transit")
    news.tells(order.id)
    is_worked_off(gateway)
    (note,) = await notes(shopper)
    assert note["author"] == {"kind": "system"}
    assert len(engine.asked()) == asked
    answer = await shopper.post(wait=5, choice=note["buttons"][0]["value"])
    assert "won't tell you" in answer.json()["replies"][0]["text"]
    await shopper.leave()


async def test_a_gateway_killed_between_answer_and_work_loses_nothing(own_world: World) -> None:
    gateway, news = own_world
    shopper = await Shopper(gateway.url).enter(locale="en-MY")
    order = news.fresh("shipped")
    seq = await looks_at(shopper, order)
    news.moves(order, "out_for_delivery")
    assert news.tells(order.id) == 202
    gateway.kill()
    assert [row[0] for row in rows(gateway, "SELECT order_id FROM order_news")] == [order.id]
    gateway.start()
    is_worked_off(gateway)
    assert (await shopper.page())["messages"][seq - 1]["card"]["state"] == "out_for_delivery"
    await shopper.leave()


async def test_a_store_that_is_down_meanwhile_is_asked_again(own_world: World) -> None:
    gateway, news = own_world
    shopper = await Shopper(gateway.url).enter(locale="en-MY")
    order = news.fresh("shipped")
    seq = await looks_at(shopper, order)
    news.moves(order, "delivered")
    news.store.kill()
    assert news.tells(order.id) == 202
    until(lambda: "order.store_down" in gateway.log.read_text(), 60)
    news.store.start_again()
    news.tells(order.id)
    is_worked_off(gateway)
    assert (await shopper.page())["messages"][seq - 1]["card"]["state"] == "delivered"
    await shopper.leave()


async def test_an_order_that_nobody_looks_at_or_that_is_none_is_forgotten(own_world: World) -> None:
    gateway, news = own_world
    shopper = await Shopper(gateway.url).enter(locale="en-MY")
    none = news.fresh("shipped").copy(update={"id": "none at all"})
    await looks_at(shopper, none)
    assert news.tells("none at all") == 202
    assert news.tells(news.fresh("paid").id) == 202
    is_worked_off(gateway)
    await shopper.leave()
