"""Which language a conversation begins in and goes on in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.engine.language import language_of_turn
from bot.settings import Settings

NOTHING = {"en": 0.34, "id": 0.33, "ms": 0.33}
CLEARLY = {
    "en": {"en": 0.96, "id": 0.02, "ms": 0.02},
    "id": {"en": 0.01, "id": 0.95, "ms": 0.04},
    "ms": {"en": 0.01, "id": 0.04, "ms": 0.95},
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name in ("en.yml", "id.yml", "ms.yml", "gateway.en.yml", "gateway.zh.yml"):
        (tmp_path / name).touch()
    return Settings(words_dir=tmp_path, shop_locale="ms-MY")


def typed(text: str, scores: dict[str, float]) -> dict[str, Any]:
    return {"text": text, "language": {"code": max(scores, key=lambda code: scores[code]), "scores": scores}}


def first(said: Mapping[str, Any], settings: Settings, page: str) -> str:
    return language_of_turn({"language": "en"}, said, begun=False, locale=page, settings=settings)


def after(slots: Mapping[str, Any], said: Mapping[str, Any], settings: Settings) -> str:
    return language_of_turn(slots, said, begun=True, locale="en-MY", settings=settings)


@pytest.mark.parametrize(
    ("page", "language"), [("id-ID", "id"), ("id_ID", "id"), ("en-MY", "en"), ("zh-TW", "ms"), ("", "ms")]
)
def test_begins_in_the_pages_language_else_the_shops(page: str, language: str, settings: Settings) -> None:
    assert first(typed("1047", NOTHING), settings, page) == language


def test_a_shop_whose_language_the_bot_does_not_speak_begins_in_english(settings: Settings) -> None:
    settings = Settings(words_dir=settings.words_dir, shop_locale="vi-VN")
    assert first(typed("1047", NOTHING), settings, "th-TH") == "en"


def test_the_first_message_is_answered_in_its_own_language(settings: Settings) -> None:
    assert first(typed("pesanan saya di mana ya kak", CLEARLY["id"]), settings, "en-MY") == "id"


def test_a_shopper_who_goes_over_to_malay_is_answered_in_malay(settings: Settings) -> None:
    assert after({"language": "id"}, typed("parcel saya tak sampai lagi", CLEARLY["ms"]), settings) == "ms"


@pytest.mark.parametrize("text", ["ok", "1047"])
def test_a_message_that_says_nothing_switches_nothing(text: str, settings: Settings) -> None:
    assert after({"language": "id"}, typed(text, NOTHING), settings) == "id"


def test_a_chosen_language_is_left_for_a_whole_sentence_only(settings: Settings) -> None:
    slots = {"language": "ms", "language_chosen": True}
    assert after(slots, typed("refund please", CLEARLY["en"]), settings) == "ms"
    very_clear = {"en": 0.998, "id": 0.001, "ms": 0.001}
    assert after(slots, typed("I would like my money back now", very_clear), settings) == "en"


def test_what_is_tapped_says_nothing_about_the_language(settings: Settings) -> None:
    assert after({"language": "id"}, {"text": "/affirm"}, settings) == "id"


def test_a_short_yes_or_no_is_in_no_language(settings: Settings) -> None:
    said = {**typed("eh no la", CLEARLY["ms"]), "intent": {"name": "deny"}}
    assert after({"language": "en"}, said, settings) == "en"
    said["text"] = "tak payah la, saya tak nak dah"
    assert after({"language": "en"}, said, settings) == "ms"


def test_an_address_is_in_no_language(settings: Settings) -> None:
    said = {
        **typed("14 jalan damai 3, 43650 bandar baru bangi", CLEARLY["ms"]),
        "entities": [
            {"entity": "street", "start": 0, "end": 16, "value": "14 jalan damai 3"},
            {"entity": "postcode", "start": 18, "end": 23, "value": "43650"},
            {"entity": "city", "start": 24, "end": 41, "value": "Bandar Baru Bangi"},
        ],
    }
    assert after({"language": "en"}, said, settings) == "en"
    said["text"] += " tolong hantar ke sini ya"
    assert after({"language": "en"}, said, settings) == "ms"


def test_a_tap_can_begin_the_conversation(settings: Settings) -> None:
    assert first({"text": "/track_order"}, settings, "id-ID") == "id"


def test_a_language_without_words_is_not_spoken(tmp_path: Path) -> None:
    (tmp_path / "en.yml").touch()
    settings = Settings(words_dir=tmp_path, shop_locale="id-ID")
    assert first(typed("di mana", CLEARLY["id"]), settings, "id-ID") == "en"


def test_a_shop_answers_in_its_own_languages_only(settings: Settings) -> None:
    shop = Settings(words_dir=settings.words_dir, shop_locale="ms-MY", languages=["ms", "en"])
    indonesian = typed("pesanan saya di mana ya kak", CLEARLY["id"])
    assert first(indonesian, shop, "id-ID") == "ms"
    assert first(typed("1047", NOTHING), shop, "id-ID") == "ms"
    assert first(typed("where is my parcel", CLEARLY["en"]), shop, "id-ID") == "en"
