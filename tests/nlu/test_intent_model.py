"""The intent classifier on small data: what it learns, how sure it is, and what it does with what it never saw."""

from __future__ import annotations

import pytest

from bot.nlu.intent_features import Reading, reading_of
from bot.nlu.intent_model import IntentModel
from bot.nlu.intent_training import train_intent_model

TRACK = [
    "where is my parcel", "has it been sent", "when does my order come", "parcel still not here", "track my order",
    "any news of the parcel", "is my order on the way", "which day does it arrive",
]  # fmt: skip
CANCEL = [
    "cancel my order", "please stop the order", "i want to cancel", "do not send it", "cancel it now",
    "call off my order", "i ordered by mistake, cancel", "cancel the whole thing",
]  # fmt: skip
GREET = ["hello", "hi there", "good morning", "hey", "good evening shop", "hello hello", "hi", "morning"]


def _read(text: str) -> Reading:
    return reading_of(text.split(), text, "en")


@pytest.fixture(scope="module")
def model() -> IntentModel:
    texts = [*TRACK, *CANCEL, *GREET]
    intents = ["track"] * len(TRACK) + ["cancel"] * len(CANCEL) + ["greet"] * len(GREET)
    return train_intent_model([_read(text) for text in texts], intents)


@pytest.mark.parametrize(
    ("text", "intent"),
    [("my parcel where", "track"), ("cancel pls", "cancel"), ("helo", "greet"), ("canceling", "cancel")],
)
def test_shopper_says_it_in_other_words(model: IntentModel, text: str, intent: str) -> None:
    assert model.ranking(_read(text))[0][0] == intent


def test_confidences_are_chances_that_make_one(model: IntentModel) -> None:
    confidences = [confidence for _, confidence in model.ranking(_read("where is it"))]
    assert sum(confidences) == pytest.approx(1)
    assert all(0 <= confidence <= 1 for confidence in confidences)


def test_a_message_of_unknown_words_is_less_sure_than_a_known_one(model: IntentModel) -> None:
    assert model.ranking(_read("zzz qqq"))[0][1] < model.ranking(_read("track my order"))[0][1]


def test_an_empty_message_is_answered(model: IntentModel) -> None:
    assert len(model.ranking(_read(""))) == 3


def test_two_intents_are_enough() -> None:
    model = train_intent_model([_read(text) for text in TRACK + CANCEL], ["track"] * 8 + ["cancel"] * 8)
    assert model.ranking(_read("cancel the order"))[0][0] == "cancel"
    assert model.ranking(_read("where is the parcel"))[0][0] == "track"


def test_one_intent_is_not() -> None:
    with pytest.raises(ValueError, match="two intents"):
        train_intent_model([_read(text) for text in TRACK], ["track"] * 8)


def test_an_adviser_knows_words_that_the_few_examples_lack(model: IntentModel) -> None:
    few = ["track my order", "is my order on the way", "cancel my order", "cancel it now"]
    advised = train_intent_model([_read(text) for text in few], ["A", "A", "B", "B"], adviser=model)
    assert advised.ranking(_read("when does the parcel arrive"))[0][0] == "A"
    assert advised.ranking(_read("call off the whole thing by mistake"))[0][0] == "B"


def test_a_concept_carries_what_was_learnt_to_another_language() -> None:
    english = ["where is my parcel", "when will it arrive", "refund my money", "give back the money"]
    model = train_intent_model([_read(text) for text in english], ["track", "track", "refund", "refund"])
    words = ["duit", "balik"]
    assert model.ranking(reading_of(words, "duit balik", "ms"))[0][0] == "refund"


def test_which_number_and_which_email_it_is_says_nothing() -> None:
    one = reading_of(["where", "is", "0000", "someone@mail"], "where is 1047, aisyah@example.com", "en")
    other = reading_of(["where", "is", "0000", "someone@mail"], "where is #W2378156, x@y.example", "en")
    assert one == other
