"""What shoppers write, and what is found in it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from bot.nlu.entity_finder import EntityFinder
from tests.nlu.conftest import TODAY, Found

Said = Callable[..., Found]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("#W2378156", "W2378156"),
        ("where is w2378156?", "W2378156"),
        ("1047", "1047"),
        ("it's #1047.", "1047"),
        ("order no: 123456", "123456"),
        ("my order is 10472", "10472"),
        ("INV/20240512/MPL/3921", "INV/20240512/MPL/3921"),
        ("order 2405129XK3PQ7 please", "2405129XK3PQ7"),
        ("ord-10471", "ORD-10471"),
        ("order 91234567", "91234567"),
    ],
)
def test_shopper_gives_an_order_number(said: Said, text: str, number: str) -> None:
    assert said(text) == [("order_number", number)]


@pytest.mark.parametrize("text", ["JP1234567890", "tracking: SPXMY012345678901", "RR123456785MY", "awb 630123456789"])
def test_shopper_gives_a_tracking_number(said: Said, text: str) -> None:
    assert [entity for entity, _ in said(text)] == ["tracking_number"]


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("012-345 6789", "+60123456789"),
        ("call me at +60 12 345 6789", "+60123456789"),
        ("081234567890", "+6281234567890"),
        ("my hp is 91234567", "+6591234567"),
        ("09171234567", "+639171234567"),
    ],
)
def test_shopper_gives_a_phone_number_of_four_countries(said: Said, text: str, phone: str) -> None:
    assert said(text) == [("phone", phone)]


def test_shopper_gives_number_and_proof_in_one_message(said: Said) -> None:
    assert said("1047, Siti@Example.com") == [("order_number", "1047"), ("email", "siti@example.com")]
    assert said("#1047, phone +65 9123 4567") == [("order_number", "1047"), ("phone", "+6591234567")]
    assert said("the order 1047 and postcode 43000") == [("order_number", "1047"), ("postcode", "43000")]
    assert said("1047 is my order number, 43000 is the postcode") == [
        ("order_number", "1047"),
        ("postcode", "43000"),
    ]


@pytest.mark.parametrize(
    ("text", "postcode"),
    [("sorry, postcode is 43000", "43000"), ("my zip is 1226", "1226"), ("kodepos 12190", "12190")],
)
def test_shopper_says_it_is_a_postcode(said: Said, text: str, postcode: str) -> None:
    assert said(text) == [("postcode", postcode)]


def test_bare_five_digits_stay_open_and_bare_four_are_an_order_number(said: Said) -> None:
    assert said("43000") == [("number", "43000"), ("postcode", "43000")]
    assert said("1226") == [("order_number", "1226")]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("2", ["2"]),
        ("Two.", ["2"]),
        ("return 2 of the mugs", ["2"]),
        ("two of the cups and one of the plates", ["2", "1"]),
        ("x2", ["2"]),
        ("qty: 3", ["3"]),
        ("both", ["both"]),
        ("i want to return all of them", ["all"]),
    ],
)
def test_shopper_says_how_many(said: Said, text: str, quantities: list[str]) -> None:
    assert said(text) == [("quantity", quantity) for quantity in quantities]


@pytest.mark.parametrize(
    "text",
    [
        "not at all",
        "that's all, thanks",
        "the other one",
        "a refund please",
        "10th floor, unit 5-2",
        "",
    ],
)
def test_nothing_is_found_where_nothing_is_said(said: Said, text: str) -> None:
    assert said(text) == []


def test_places_are_those_of_the_text(finder: EntityFinder) -> None:
    text = "🙏 order #1047 to siti@example.com, 2pcs"
    assert [text[entity.start : entity.end] for entity in finder.find(text, TODAY)] == [
        "#1047",
        "siti@example.com",
        "2pcs",
    ]


def test_a_very_long_message_takes_no_long_time(finder: EntityFinder) -> None:
    assert len(finder.find("1047 " * 800, TODAY)) == 800
    assert finder.find("9" * 4000, TODAY) == []


def test_actions_can_use_the_finder_without_rasa() -> None:
    code = "import sys; from bot.nlu.entity_finder import EntityFinder; EntityFinder(); print('rasa' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"
