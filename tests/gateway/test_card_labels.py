"""A card's fixed words come with the message, in its language."""

from __future__ import annotations

import json
import re

import pytest

from bot.gateway.card_labels import WORDS, card_labels
from bot.gateway.static_files import WEB

CARDS = WEB / "widget" / "cards.js"
TYPES = ("order", "timeline", "address_form", "email_form", "item_picker", "case", "photo_request", "rating")


@pytest.mark.parametrize(("language", "placed"), [("id", "Dipesan"), ("ms", "Tarikh pesanan"), ("en-MY", "Ordered")])
def test_an_order_card_speaks_the_messages_language(language: str, placed: str) -> None:
    assert card_labels("order", language)["placed"] == placed


@pytest.mark.parametrize("language", ["ta", ""])
def test_a_language_without_words_gets_english_for_no_card_may_be_without(language: str) -> None:
    assert card_labels("order", language)["placed"] == "Ordered"


def test_a_card_without_fixed_words_has_none() -> None:
    assert card_labels("confirm", "id") == {}


def test_every_word_that_the_cards_use_is_sent_with_some_card_and_no_other() -> None:
    source = CARDS.read_text("utf-8")
    used = set(re.findall(r"\bt\('([\w.]+)'", source)) - {"photo", "photo.gone"}  # the shopper's own
    sent = {key for each in TYPES for key in card_labels(each, "id")}
    assert used <= sent
    assert [key for key in sent if f"'{key}'" not in source] == []


def test_every_language_has_every_word_and_the_same_places_to_fill() -> None:
    english = json.loads((WORDS / "en.json").read_text("utf-8"))
    for file in WORDS.glob("*.json"):
        words = json.loads(file.read_text("utf-8"))
        assert words.keys() == english.keys(), file.name
        for key, text in words.items():
            assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english[key])), (file.name, key)
