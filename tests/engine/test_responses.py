"""The shopper's language first, then the variation that fits most closely; never two languages in one response."""

from __future__ import annotations

import importlib
import sys
import warnings
from typing import Any

import pytest
import yaml

from bot.engine import without_tensorflow
from tests.engine.conftest import PROJECT

RESPONSES = yaml.safe_load("""
utter_ask_number:
- text: "Your order number?"
- condition: [{type: slot, name: asked, value: explain}]
  text: "It is in your email, {name}."
- condition: [{type: slot, name: language, value: id}]
  text: "Nomor pesanannya, Kak?"
- condition: [{type: slot, name: language, value: id}, {type: slot, name: asked, value: explain}]
  text: "Ada di email Kakak, {name}."
- condition: [{type: slot, name: language, value: ms}]
  text: "Nombor pesanan?"
utter_only_english:
- text: "Hello"
- condition: [{type: slot, name: asked, value: explain}]
  text: "Hello, I say"
utter_named_english:
- condition: [{type: slot, name: language, value: en}]
  text: "Named"
utter_two:
- text: "One"
- text: "Two"
- condition: [{type: slot, name: language, value: id}]
  text: "Satu"
utter_with_news:
- text: "It is packed. {next} {promised}"
utter_on_a_channel:
- text: "Everywhere"
  channel: turns
- condition: [{type: slot, name: language, value: id}]
  text: "Di mana-mana"
utter_conditional_only:
- condition: [{type: slot, name: asked, value: explain}]
  text: "Explained"
""")


@pytest.fixture(scope="module", autouse=True)
def _rasa_without_tensorflow() -> None:
    """Rasa must not be imported while tests are collected: others prepare it first (tests/engine/play.py)."""
    if not set(without_tensorflow.COMPONENTS) <= set(sys.modules):
        without_tensorflow.put_stand_ins()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what Rasa imports
        importlib.import_module("rasa.core.nlg")


async def say(response: str, spoken: str | None, asked: str = "first", **values: Any) -> str | None:
    from rasa.shared.core.slots import AnySlot  # noqa: PLC0415
    from rasa.shared.core.trackers import DialogueStateTracker  # noqa: PLC0415

    from bot.engine.responses import LanguageFirst  # noqa: PLC0415

    slots = [AnySlot("language", [], initial_value=spoken), AnySlot("asked", [], initial_value=asked)]
    tracker = DialogueStateTracker("c_1", slots)
    speaker = LanguageFirst()
    speaker.responses = RESPONSES
    said = await speaker.generate(response, tracker, "turns", **values)
    return said["text"] if said else None


@pytest.mark.parametrize(
    ("language", "asked", "text"),
    [
        ("en", "first", "Your order number?"),
        ("en", "explain", "It is in your email, Siti."),
        ("id", "first", "Nomor pesanannya, Kak?"),
        ("id", "explain", "Ada di email Kakak, Siti."),
        ("ms", "first", "Nombor pesanan?"),
        (None, "first", "Your order number?"),
    ],
)
async def test_the_language_then_the_most_conditions(language: str, asked: str, text: str) -> None:
    assert await say("utter_ask_number", language, asked, name="Siti") == text


async def test_a_closer_english_variation_does_not_push_the_language_aside() -> None:
    assert await say("utter_ask_number", "ms", "explain", name="Siti") == "Nombor pesanan?"


@pytest.mark.parametrize(("asked", "text"), [("first", "Hello"), ("explain", "Hello, I say")])
async def test_a_response_that_lacks_the_language_is_said_in_english(asked: str, text: str) -> None:
    assert await say("utter_only_english", "id", asked) == text


async def test_english_may_be_named() -> None:
    assert await say("utter_named_english", "ms") == "Named"


async def test_a_channel_of_its_own_does_not_push_the_language_aside() -> None:
    assert await say("utter_on_a_channel", "id") == "Di mana-mana"
    assert await say("utter_on_a_channel", "en") == "Everywhere"


async def test_lots_are_drawn_only_between_equals() -> None:
    assert {await say("utter_two", "en") for _ in range(60)} == {"One", "Two"}
    assert {await say("utter_two", "id") for _ in range(20)} == {"Satu"}


async def test_the_language_that_an_action_gives_goes_before_the_slot() -> None:
    assert await say("utter_ask_number", "en", language="ms") == "Nombor pesanan?"


async def test_nothing_is_said_where_nothing_fits() -> None:
    assert await say("utter_conditional_only", "en") is None
    assert await say("utter_unheard_of", "en") is None


async def test_the_domain_is_not_changed_by_filling_it_in() -> None:
    assert await say("utter_ask_number", "en", "explain", name="Siti") == "It is in your email, Siti."
    assert await say("utter_ask_number", "en", "explain", name="Budi") == "It is in your email, Budi."


def test_endpoints_yml_names_it() -> None:
    from rasa.core.nlg.generator import NaturalLanguageGenerator  # noqa: PLC0415
    from rasa.utils.endpoints import EndpointConfig  # noqa: PLC0415

    from bot.engine.responses import LanguageFirst  # noqa: PLC0415

    configured = yaml.safe_load((PROJECT / "endpoints.yml").read_text("utf-8"))["nlg"]
    made = NaturalLanguageGenerator.create(EndpointConfig.from_dict(configured), None)
    assert isinstance(made, LanguageFirst)


async def test_an_empty_value_leaves_no_gap() -> None:
    assert await say("utter_with_news", None, next="", promised="By Monday.") == "It is packed. By Monday."
    assert await say("utter_with_news", None, next="Soon.", promised="") == "It is packed. Soon."
