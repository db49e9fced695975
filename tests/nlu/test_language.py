"""Which language a message is in, and which one the bot answers in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu.example_files import read_examples
from bot.nlu.language_choice import choose_language
from bot.nlu.language_model import LanguageModel, train_language_model

OFFERED = ("en", "id", "ms")


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    examples = read_examples(Path(__file__).parents[2] / "data" / "nlu")
    return train_language_model([each.text for each in examples], [each.language for each in examples])


def _answered_in(model: LanguageModel, text: str, current: str, *, chosen: bool = False) -> str:
    return choose_language(model.scores(text), current, OFFERED, chosen, len(text.split()))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hello, could you tell me whether the blue one comes in large?", "en"),
        ("kak mau nanya dong, barangnya kapan nyampe ya", "id"),
        ("nak tanya, barang saya bila nak sampai ye", "ms"),
        ("gimana cara tukar ukuran?", "id"),
        ("camne nak tukar saiz?", "ms"),
    ],
)
def test_shopper_is_answered_in_their_language_from_the_first_message(
    model: LanguageModel, text: str, language: str
) -> None:
    for page in OFFERED:
        assert _answered_in(model, text, page) == language


@pytest.mark.parametrize(
    "text", ["ok", "1047", "siti@example.com", "ya", "hi", "👍", "", "J&T", "Mulyono", "qwrt plkj"]
)
@pytest.mark.parametrize("current", OFFERED)
def test_a_word_that_is_said_in_all_languages_switches_nothing(model: LanguageModel, text: str, current: str) -> None:
    assert _answered_in(model, text, current) == current


def test_a_number_says_nothing_about_the_language(model: LanguageModel) -> None:
    assert list(model.scores("1047").values()) == pytest.approx([1 / 3] * 3)


def test_shopper_who_asked_for_a_language_keeps_it_through_a_few_foreign_words(model: LanguageModel) -> None:
    assert _answered_in(model, "terima kasih kak", "en", chosen=True) == "en"


def test_shopper_who_asked_for_a_language_may_leave_it_with_a_whole_sentence(model: LanguageModel) -> None:
    text = "nak tanya, barang saya bila nak sampai ye, dah seminggu tunggu"
    assert _answered_in(model, text, "en", chosen=True) == "ms"


def test_a_language_the_bot_does_not_speak_is_never_chosen() -> None:
    assert choose_language({"ms": 0.99, "en": 0.01}, "en", ["en", "id"], words=9) == "en"
    assert choose_language({"ms": 0.99}, "en", []) == "en"
