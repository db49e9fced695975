"""A card's fixed words come with the message, in its language."""

from __future__ import annotations

import json
import re

import pytest

from bot.gateway.card_labels import WORDS, card_labels

CARDS = WORDS.parent / "cards.js"


@pytest.mark.parametrize(("language", "placed"), [("id", "Dipesan"), ("ms", "Tarikh pesanan"), ("en-MY", "Ordered")])
def test_an_order_card_speaks_the_messages_language(language: str, placed: str) -> None:
    assert card_labels("order", language)["placed"] == placed


def test_a_language_without_words_or_a_card_without_fixed_words_has_none() -> None:
    assert card_labels("order", "ta") == {}
    assert card_labels("confirm", "id") == {}


def test_every_word_that_the_cards_use_is_sent_with_some_card() -> None:
    used = set(re.findall(r"\bt\('([\w.]+)'", CARDS.read_text("utf-8"))) - {"photo", "photo.gone"}  # the shopper's own
    types = ("order", "timeline", "address_form", "email_form", "item_picker", "case", "photo_request")
    assert used <= {key for each in types for key in card_labels(each, "id")}


def test_the_words_are_those_of_the_widget() -> None:
    words = json.loads((WORDS / "ms.json").read_text("utf-8"))
    assert card_labels("case", "ms") == {"case": words["case"]}
