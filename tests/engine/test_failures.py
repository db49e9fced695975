"""Actions that fail, an action server that is away, an engine that is killed."""

from __future__ import annotations

import concurrent.futures
import time
from collections.abc import Callable

import httpx

from tests.engine.conftest import ActionServer, Engine
from tests.until import until

StartEngine = Callable[[int], Engine]


def is_problem(answer: httpx.Response, title: str) -> bool:
    problem = answer.headers["content-type"] == "application/problem+json"
    return answer.status_code == 503 and problem and answer.json()["title"] == title


def test_failed_action_hands_over_with_what_was_tried(engine: Engine) -> None:
    engine.turn("fails", "1", "track order 1047")
    answer = engine.turn("fails", "2", "break it all", customer={"id": "cus_17"})
    body = answer.json()
    assert [reply["response"] for reply in body["replies"]] == ["utter_action_failed"]
    assert body["actions"][0]["name"] == "action_raise"
    assert body["actions"][0]["error"] == "HTTP 500"
    assert body["handoff"]["reason"] == "action_failed"
    record = body["handoff"]["record"]
    assert record["identity"]["customer"] == {"id": "cus_17"}
    assert record["slots"]["order_number"] == "1047"
    (tried,) = record["tried"]
    assert (tried["job"], tried["outcome"], tried["reason"]) == ("action_raise", "failed", "HTTP 500")
    assert "siti@example.com" not in answer.text


def test_conversation_goes_on_after_a_failed_action(engine: Engine) -> None:
    engine.turn("goes-on", "1", "track order 1047")
    engine.turn("goes-on", "2", "break it all")
    # Rasa's fallback takes its message back, and must not take the failed turn with it.
    fallback = engine.turn("goes-on", "3", "please reject").json()
    assert [reply["response"] for reply in fallback["replies"]] == ["utter_default"]
    assert fallback["state"]["slots"]["handoff_reason"] == "action_failed"
    answer = engine.turn("goes-on", "4", "hello").json()
    assert [reply["response"] for reply in answer["replies"]] == ["utter_greet"]
    assert answer["handoff"] is None


def test_failed_validation_keeps_the_form_and_says_where_it_stands(engine: Engine) -> None:
    engine.turn("form-fails", "1", "change my address")
    engine.turn("form-fails", "2", "12 Jalan Tun Razak")
    failed = engine.turn("form-fails", "3", "the postcode is 50000").json()
    assert failed["handoff"]["record"]["form"] == {"name": "address_form", "asks": "postcode"}
    assert failed["handoff"]["record"]["slots"]["street"] == "12 Jalan Tun Razak"
    answer = engine.turn("form-fails", "4", "the postcode is 50450").json()
    assert [reply["response"] for reply in answer["replies"]] == ["utter_ask_confirmed"]


def test_rejected_action_lets_another_policy_answer(engine: Engine) -> None:
    answer = engine.turn("rejects", "1", "reject the action").json()
    assert [reply["response"] for reply in answer["replies"]] == ["utter_default"]
    assert answer["handoff"] is None


def test_slow_action_ends_in_a_handoff_not_in_waiting(engine: Engine) -> None:
    started = time.monotonic()
    answer = engine.turn("slow", "1", "wait for a long time").json()
    assert time.monotonic() - started < 25  # the action itself takes thirty
    assert answer["handoff"]["record"]["tried"][0]["reason"] == "TimeoutError"


def test_nothing_is_kept_while_the_action_server_is_down(
    start_engine: StartEngine, action_server: ActionServer
) -> None:
    engine = start_engine(action_server.port)
    engine.turn("down", "1", "track order 1047")
    action_server.stop()
    before = engine.turn("down", "2", "hello").json()["state"]
    assert is_problem(engine.turn("down", "3", "count up"), "action server down")
    assert is_problem(engine.turn("down", "3", "count up"), "action server down")
    action_server.start()
    answer = engine.turn("down", "3", "count up").json()
    assert answer["state"]["slots"] == {**before["slots"], "counted": 1}
    assert is_problem(engine.turn("down", "4", "crash the server"), "action server down")


def test_turn_that_a_crash_cut_off_is_run_again_from_where_it_began(
    start_engine: StartEngine, action_server: ActionServer
) -> None:
    action_server.stop()
    action_server.start(count_seconds=1)
    engine = start_engine(action_server.port)
    assert engine.turn("crash", "1", "count up").json()["state"]["slots"]["counted"] == 1
    with concurrent.futures.ThreadPoolExecutor() as pool:
        cut_off = pool.submit(engine.turn, "crash", "2", "count up")
        until(lambda: action_server.runs_of("2") > 0)
        engine.kill()
        assert isinstance(cut_off.exception(), httpx.TransportError)
    engine.start()
    answer = engine.turn("crash", "2", "count up")
    assert answer.json()["state"]["slots"]["counted"] == 2
    assert action_server.runs_of("2") == 2  # told the same turn id, by which a write is done once
    engine.kill()
    engine.start()
    assert engine.turn("crash", "2", "count up").content == answer.content
    assert action_server.runs_of("2") == 2


def test_gateway_that_hangs_up_does_not_cut_the_turn(start_engine: StartEngine, action_server: ActionServer) -> None:
    action_server.stop()
    action_server.start(count_seconds=1)
    engine = start_engine(action_server.port)
    body = {"turn_id": "1", "conversation_id": "hang", "input": {"kind": "text", "text": "count up"}}
    try:
        engine.http.post("/run", json=body, headers=engine.key, timeout=0.5)
    except httpx.ReadTimeout:
        hung_up = True
    assert hung_up
    assert engine.turn("hang", "1", "count up").json()["state"]["slots"]["counted"] == 1
    assert action_server.runs_of("1") == 1


def test_two_engines_on_one_database_do_not_overwrite_each_other(
    start_engine: StartEngine, action_server: ActionServer
) -> None:
    one, other = start_engine(action_server.port), start_engine(action_server.port)
    for i, engine in enumerate((one, other, one, other, one)):
        assert engine.turn("both", f"t{i}", "count up").json()["state"]["slots"]["counted"] == i + 1
    action_server.stop()
    action_server.start(count_seconds=1)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        at_once = [pool.submit(engine.turn, "both", f"at-{i}", "count up") for i, engine in enumerate((one, other))]
        answers = [turn.result() for turn in at_once]
    assert sorted(answer.status_code for answer in answers) == [200, 503]
    assert any(is_problem(answer, "conversation busy") for answer in answers)
