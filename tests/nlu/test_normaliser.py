"""What people type, and what they mean by it."""

from __future__ import annotations

import pytest

from bot.nlu.normaliser import Normaliser, normalise
from bot.nlu.spelling import Speller


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("plsss", "en", "please"),
        ("BANGETTT", "id", "banget"),
        ("barang2", "id", "barang"),
        ("barang-barang", "ms", "barang"),
        ("blm", "id", "belum"),
        ("xde", "ms", "takde"),
        ("track #W2378156", "en", "track 0000"),
        ("INV/20240512/MPL/3921", "id", "0000"),
        ("siti@example.com", "en", "someone@mail"),
        ("https://shop.example/a?b=1", "en", "link"),
        ("mana???", "ms", "mana ?"),
        ("thanks!!!", "en", "thanks"),
    ],
)
def test_shopper_types_as_people_do(typed: str, language: str, meant: str) -> None:
    assert normalise(typed, language) == meant


def test_the_same_short_form_means_another_thing_in_another_language() -> None:
    assert normalise("x", "ms") == "tak"
    assert normalise("x", "en") != "tak"


def test_a_word_of_the_examples_is_mended_towards_when_mistyped() -> None:
    normaliser = Normaliser({"en": {"delivery": 9, "address": 5}}, ["en"])
    assert normaliser.words("chnage delivry adress", "en")[1:] == ["delivery", "address"]


def test_emoji_are_words_and_other_signs_are_none() -> None:
    assert normalise("thanks 👍 *** ...", "en") == "thanks 👍"


def test_an_endless_message_is_cut_not_refused() -> None:
    assert len(normalise("where " * 10_000, "en").split()) < 300


class TestSpeller:
    speller = Speller({"receive": 4, "refund": 6, "lama": 3, "lima": 3, "order": 9})

    @pytest.mark.parametrize(
        ("typed", "meant"), [("recieve", "receive"), ("refnud", "refund"), ("oder", "order"), ("orderr", "order")]
    )
    def test_one_wrong_lost_added_or_swapped_letter(self, typed: str, meant: str) -> None:
        assert self.speller.mend(typed) == meant

    def test_a_known_word_is_never_mended(self) -> None:
        assert self.speller.mend("lima") == "lima"

    def test_a_short_word_between_two_known_ones_stays(self) -> None:
        assert self.speller.mend("loma") == "loma"

    def test_short_words_and_numbers_stay(self) -> None:
        assert self.speller.mend("ord") == "ord"
        assert self.speller.mend("orde7") == "orde7"
