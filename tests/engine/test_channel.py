"""What the gateway gets for a turn."""

from __future__ import annotations

import concurrent.futures
import json
import sqlite3
import time
from typing import Any

import httpx
import pytest

from tests.engine.conftest import Engine

CUSTOMER = {"id": "cus_17", "name": "Siti", "email": "siti@example.com"}


def choose(payload: str, **values: object) -> dict[str, object]:
    return {"kind": "choice", "payload": payload, "values": values, "title": "Yes"}


def said(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [reply["response"] for reply in answer.json()["replies"]]


def test_shopper_fills_a_form_with_a_question_in_between(engine: Engine) -> None:
    assert said(engine.turn("form", "1", "change my address")) == ["utter_ask_street"]
    assert said(engine.turn("form", "2", "12 Jalan Tun Razak")) == ["utter_ask_postcode"]
    between = engine.turn("form", "3", "when are you open")
    assert said(between) == ["utter_opening_hours", "utter_ask_postcode"]
    assert between.json()["state"]["form"] == {"name": "address_form", "asks": "postcode"}
    asked = engine.turn("form", "4", "the postcode is 50450").json()
    assert asked["replies"][0]["buttons"] == [
        {"title": "Yes", "payload": "/affirm"},
        {"title": "No", "payload": "/deny"},
    ]
    done = engine.turn("form", "5", choose("/affirm"))
    assert said(done) == ["utter_saved"]
    assert done.json()["replies"][0]["text"] == "Saved: 12 Jalan Tun Razak, 50450."
    assert done.json()["state"]["form"] is None


def test_answer_has_all_that_the_contract_names(engine: Engine) -> None:
    answer = engine.turn("contract", "1", "track order 1047", locale="en").json()
    assert set(answer) == {"turn_id", "language", "replies", "intent", "actions", "handoff", "state", "milliseconds"}
    assert answer["turn_id"] == "1"
    assert answer["intent"]["name"] == "track_order"
    assert [run["name"] for run in answer["actions"]] == ["action_track", "utter_tracked"]
    assert all(run["ms"] > 0 for run in answer["actions"])
    assert answer["state"]["slots"] == {"language": "en", "order_number": "1047", "order_id": "o_1047"}
    assert answer["handoff"] is None


def test_shopper_on_a_malay_page_is_greeted_in_malay(engine: Engine) -> None:
    answer = engine.turn("malay", "1", "hello", locale="ms-MY").json()
    assert (answer["language"], answer["replies"][0]["text"]) == ("ms", "Halo!")
    answer = engine.turn("malay", "2", "bye", locale="ms-MY").json()
    assert (answer["language"], answer["replies"][0]["text"]) == ("ms", "Bye.")


def test_custom_json_is_the_card(engine: Engine) -> None:
    (reply,) = engine.turn("card", "1", "show me the card").json()["replies"]
    assert reply["card"] == {"type": "order", "number": "1047"}
    assert reply["text"] == "Anything else?"


def test_photo_reaches_rasa_as_an_intent(engine: Engine) -> None:
    answer = engine.turn("photo", "1", {"kind": "photo", "photo_id": "ph_1"}).json()
    assert answer["intent"] == {"name": "send_photo", "confidence": 1.0}


@pytest.mark.parametrize(
    "typed",
    [
        "/affirm",
        " /affirm",
        "\u00a0/affirm",
        "\u3000/affirm",
        "／affirm",
        "/affirm@1.0",
        '/inform{"order_number": "9"}',
        "/",
    ],
)
def test_shopper_types_a_slash_and_it_is_text(engine: Engine, typed: str) -> None:
    answer = engine.turn("slash", f"t{hash(typed)}".replace("-", "m"), typed)
    assert answer.status_code == 200
    assert answer.json()["intent"]["name"] != "affirm" or answer.json()["intent"]["confidence"] < 1
    assert "order_number" not in answer.json()["state"]["slots"]


def test_shopper_types_restart_and_keeps_the_conversation(engine: Engine) -> None:
    engine.turn("restart", "1", "track order 1047")
    assert engine.turn("restart", "2", "/restart").json()["state"]["slots"]["order_number"] == "1047"


def test_button_of_an_older_model_is_read_as_its_title(engine: Engine) -> None:
    answer = engine.turn("old", "1", {"kind": "choice", "payload": "/no_such_intent", "title": "hello"})
    assert said(answer) == ["utter_greet"]


def test_same_turn_again_is_answered_byte_for_byte_and_runs_nothing(engine: Engine) -> None:
    first = engine.turn("again", "1", "count up")
    engine.turn("again", "2", "hello")
    again = engine.turn("again", "1", "count up")
    assert again.content == first.content
    assert engine.turn("again", "3", "count up").json()["state"]["slots"]["counted"] == 2


def test_same_turn_twice_at_once_is_run_once(engine: Engine) -> None:
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: engine.turn("twice", "1", "count up"), range(4)))
    assert {answer.content for answer in answers} == {answers[0].content}
    assert answers[0].json()["state"]["slots"]["counted"] == 1


def test_five_quick_messages_are_answered_without_waiting_for_a_clock(engine: Engine) -> None:
    took: list[float] = []
    while len(took) < 5 and min(took, default=4) > 3:  # a slow machine is slow now and then, a clock each time
        name = f"quick{len(took)}"
        engine.turn(name, "0", "hello")
        started = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(5) as pool:
            answers = list(pool.map(lambda i, name=name: engine.turn(name, f"q{i}", "count up"), range(5)))
        took.append(time.perf_counter() - started)
        assert sorted(answer.json()["state"]["slots"]["counted"] for answer in answers) == [1, 2, 3, 4, 5]
    assert min(took) < 3, took  # Rasa's own locks would take four seconds


def test_actions_know_the_turn_and_its_customer_and_the_tracker_forgets_them(engine: Engine) -> None:
    answer = engine.turn("person", "1", "talk to a person", locale="en", customer=CUSTOMER).json()
    assert answer["handoff"]["reason"] == "wish_for_person"
    record = answer["handoff"]["record"]
    assert record["identity"] == {"customer": CUSTOMER, "proved_orders": ["o_1"]}
    assert set(record) == {"language", "identity", "order_snapshot", "slots", "form", "tried"}
    assert engine.turn("person", "2", "hello").json()["handoff"] is None
    assert "siti@example.com" not in stored(engine, "person")


def test_wrong_key_is_refused(engine: Engine) -> None:
    body = {"turn_id": "1", "conversation_id": "key", "input": {"kind": "text", "text": "hello"}}
    for headers in ({"Authorization": "Bearer other"}, {"Authorization": "test-key"}, {"Authorization": "Bearer ü"}):
        encoded = {name: value.encode() for name, value in headers.items()}
        answer = httpx.post(f"{engine.http.base_url}run", json=body, headers=encoded)
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert httpx.post(f"{engine.http.base_url}run", json=body).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"turn_id": "1", "conversation_id": "bad", "input": {"kind": "text"}},
        {"turn_id": "1", "conversation_id": "bad", "input": {"kind": "voice", "text": "hello"}},
        {"turn_id": "a b", "conversation_id": "bad", "input": {"kind": "text", "text": "hello"}},
        {"turn_id": "1", "conversation_id": "../x", "input": {"kind": "text", "text": "hello"}},
        {"turn_id": "1", "conversation_id": "bad", "input": {"kind": "text", "text": "x" * 5000}},
    ],
)
def test_bad_request_is_told_what_is_wrong_with_it(engine: Engine, body: Any) -> None:
    answer = engine.post(body)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["detail"].endswith(".")


@pytest.mark.parametrize("text", ["", "   ", "\x00", "🙏", "x" * 4000, "{order_number}", "a\nb", "half a pair \ud83d"])
def test_odd_texts_are_answered(engine: Engine, text: str) -> None:
    said = {"kind": "text", "text": text}
    body = {"turn_id": f"t{abs(hash(text))}", "conversation_id": "odd", "input": said, "context": {}}
    answer = engine.http.post("/run", content=json.dumps(body), headers=engine.key)
    assert answer.status_code == 200, answer.text
    assert answer.json()["replies"]


@pytest.mark.parametrize(
    "path", ["/", "/version", "/model/parse", "/conversations/x/tracker", "/webhooks/rest/webhook"]
)
def test_nothing_else_of_rasa_is_served(engine: Engine, path: str) -> None:
    assert httpx.get(f"http://127.0.0.1:{engine.port}{path}").status_code == 404
    assert httpx.post(f"http://127.0.0.1:{engine.port}{path}", json={}).status_code == 404


def test_long_conversation_is_stored_short(engine: Engine) -> None:
    for i in range(40):
        assert engine.turn("long", f"t{i}", "hello" if i % 2 else "track order 1047").status_code == 200
    text = stored(engine, "long")
    assert text.count('"event"') < 80
    assert "intent_ranking" not in text


def stored(engine: Engine, conversation: str) -> str:
    with sqlite3.connect(f"file:{engine.state / 'trackers.db'}?mode=ro", uri=True) as database:
        query = "select events from trackers where conversation_id = ?"
        ((events,),) = database.execute(query, (conversation,)).fetchall()
    database.close()
    return str(events)
