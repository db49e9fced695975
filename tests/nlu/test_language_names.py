"""Which language a shopper asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.nlu.conftest import Found

Said = Callable[..., Found]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("english pls", "en"),
        ("bahasa inggris aja kak", "en"),
        ("guna bahasa inggeris boleh", "en"),
        ("cakap melayu la", "ms"),
        ("guna bm je", "ms"),
        ("bahasa malaysia", "ms"),
        ("indo aja dong", "id"),
        ("pake bahasa indonesia dong", "id"),
        ("bhs indo", "id"),
        ("gak ngerti inggris kak, bahasa indonesia aja", "id"),
        ("kok jawabnya pake inggris, indo aja dong", "id"),
        ("sy x reti english, cakap bm je", "ms"),
        ("sorry i don't understand malay, english please", "en"),
        ("my Malay is poor, could we continue in English?", "en"),
    ],
)
def test_shopper_asks_for_a_language(said: Said, text: str, code: str) -> None:
    assert said(text, "language_name") == [("language_name", code)]


@pytest.mark.parametrize(
    "text", ["jangan pakai bahasa inggris kak", "saya tak pandai english", "change language", "ganti bahasa dong"]
)
def test_shopper_says_only_which_language_not(said: Said, text: str) -> None:
    assert said(text, "language_name") == []
