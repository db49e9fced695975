"""Two requests in one message are told apart by the pipeline's own classifier."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from bot.engine import without_tensorflow


@pytest.fixture(scope="module", autouse=True)
def _rasa_without_tensorflow() -> None:
    """Rasa must not be imported while tests are collected: others prepare it first (tests/engine/play.py)."""
    if not set(without_tensorflow.COMPONENTS) <= set(sys.modules):
        without_tensorflow.put_stand_ins()


def _understood(text: str, whole: str, /, sure: float = 0.7, **clauses: tuple[str, float]) -> dict[str, Any]:
    """``clauses``: the intent and confidence of the clause that contains the word."""
    from rasa.shared.nlu.training_data.message import Message  # noqa: PLC0415

    from bot.nlu.clauses import JoinClauses, SplitClauses  # noqa: PLC0415

    split = SplitClauses(["and", "also"], ["or"])
    join = JoinClauses(
        [["track_order", "report_lost"], ["change_address"], ["cancel_order"]],
        0.6,
        {"delivery_time": ["track_order"], "warranty": []},
        0.4,
    )
    messages = split.process([Message({"text": text})])
    for message in messages:
        found = next((each for word, each in clauses.items() if word in message.get("text")), ("inform", 0.9))
        name, confidence = found if message is not messages[0] else (whole, sure)
        message.set("intent", {"name": name, "confidence": confidence})
    (joined,) = join.process(messages)
    ranking = [each["name"] for each in joined.get("intent_ranking") or []]
    return {"intent": joined.get("intent")["name"], "entities": joined.get("entities", []), "ranking": ranking}


def test_second_request_becomes_an_entity_with_its_text() -> None:
    told = _understood(
        "cancel 1116 and where is my other one",
        "cancel_order",
        cancel=("cancel_order", 0.9),
        where=("track_order", 0.8),
    )
    assert told["intent"] == "cancel_order"
    assert [(each["value"], each["text"]) for each in told["entities"]] == [("track_order", "where is my other one")]


def test_the_first_request_wins_whatever_the_whole_message_looks_like() -> None:
    told = _understood(
        "cancel it and where is the rest", "track_order", cancel=("cancel_order", 0.9), where=("track_order", 0.8)
    )
    assert told["intent"] == "cancel_order"
    assert [each["value"] for each in told["entities"]] == ["track_order"]


def test_a_message_that_is_surer_as_a_whole_than_its_first_part_stays_what_it_is() -> None:
    told = _understood(
        "i sent it back, and where is my money",
        "track_order",
        0.95,
        sent=("cancel_order", 0.7),
        where=("track_order", 0.9),
    )
    assert told["intent"] == "track_order"
    assert told["entities"] == []


def test_two_ways_to_say_one_request_stay_one() -> None:
    told = _understood(
        "where is it, i never got it", "track_order", where=("track_order", 0.9), never=("report_lost", 0.9)
    )
    assert told["entities"] == []


def test_unsure_clause_is_no_request() -> None:
    told = _understood(
        "cancel 1116 and the mug please", "cancel_order", cancel=("cancel_order", 0.9), mug=("change_address", 0.4)
    )
    assert told["entities"] == []


def test_one_or_the_other_is_asked_and_not_guessed() -> None:
    told = _understood(
        "cancel or change the address", "change_address", cancel=("cancel_order", 0.8), change=("change_address", 0.9)
    )
    assert told["intent"] == "nlu_fallback"
    assert told["ranking"][:2] == ["cancel_order", "change_address"]


def test_an_or_within_a_question_about_the_shop_stays_one_question() -> None:
    told = _understood(
        "can i cancel it or change the address after 5",
        "warranty",
        0.9,
        cancel=("cancel_order", 0.8),
        change=("track_order", 0.8),
    )
    assert told["intent"] == "warranty"


def test_a_shop_question_beside_a_request_is_kept_with_its_text() -> None:
    told = _understood(
        "cancel 1060 and how long is delivery",
        "cancel_order",
        cancel=("cancel_order", 0.9),
        long=("delivery_time", 0.8),
    )
    assert told["intent"] == "cancel_order"
    assert [(each["value"], each["text"]) for each in told["entities"]] == [("delivery_time", "how long is delivery")]


def test_two_shop_questions_are_both_kept() -> None:
    told = _understood(
        "is there a warranty and how long is delivery",
        "warranty",
        there=("warranty", 0.9),
        long=("delivery_time", 0.8),
    )
    assert told["intent"] == "warranty"
    assert [each["value"] for each in told["entities"]] == ["delivery_time"]


def test_nothing_is_cut_out_of_an_answer_to_a_forms_question() -> None:
    told = _understood(
        "came late and how long is delivery anyway",
        "give_reason",
        came=("give_reason", 0.9),
        long=("delivery_time", 0.9),
    )
    assert told["entities"] == []


def test_what_belongs_to_the_request_is_no_question_of_its_own() -> None:
    told = _understood(
        "you said 3 days, and where is it", "track_order", said=("delivery_time", 0.9), where=("track_order", 0.9)
    )
    assert told["entities"] == []


def test_an_order_job_is_not_begun_on_a_guess() -> None:
    assert _understood("my thing that i had", "cancel_order", 0.38)["intent"] == "nlu_fallback"
    assert _understood("cancel my thing", "cancel_order", 0.42)["intent"] == "cancel_order"
    assert _understood("is there a warranty", "warranty", 0.38)["intent"] == "warranty"


def test_a_sure_part_says_what_an_unsure_whole_is_for() -> None:
    told = _understood("where is my thing and the toys or so", "cancel_order", 0.38, where=("track_order", 0.9))
    assert told["intent"] == "track_order"
