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


def _understood(text: str, whole: str, **clauses: tuple[str, float]) -> dict[str, Any]:
    """``clauses``: the intent and confidence of the clause that contains the word."""
    from rasa.shared.nlu.training_data.message import Message  # noqa: PLC0415

    from bot.nlu.clauses import JoinClauses, SplitClauses  # noqa: PLC0415

    split = SplitClauses(["and", "also"])
    join = JoinClauses([["track_order", "report_lost"], ["change_address"], ["cancel_order"]], 0.6)
    messages = split.process([Message({"text": text})])
    for message in messages:
        found = next((each for word, each in clauses.items() if word in message.get("text")), ("inform", 0.9))
        name, confidence = found if message is not messages[0] else (whole, 0.7)
        message.set("intent", {"name": name, "confidence": confidence})
    (joined,) = join.process(messages)
    return {"intent": joined.get("intent")["name"], "entities": joined.get("entities", [])}


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
