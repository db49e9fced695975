"""How many pieces, in three languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.nlu.conftest import Found

Said = Callable[..., Found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 biji", "2"),
        ("tudung dua helai", "2"),
        ("3pcs aja kak", "3"),
        ("kurang satu barang", "1"),
        ("dua belas buah", "12"),
        ("tumbler sebiji", "1"),
        ("sepasang je", "1"),
        ("selusin", "12"),
        ("5 lusin", "60"),
        ("patut sedozen", "12"),
        ("dua daripada tiga t shirt yang saya beli", "2"),
        ("dua dari lima", "2"),
        ("two out of four", "2"),
        ("kaosnya cuma 2", "2"),
        ("nak return satu je", "1"),
        ("2 kak", "2"),
        ("dua ya", "2"),
        ("dua-duanya", "both"),
        ("dua2nya rusak", "both"),
        ("kedua-duanya sekali", "both"),
        ("dua dua sekali", "both"),
        ("keduanya", "both"),
        ("semua", "all"),
        ("semuanya kak", "all"),
        ("semua barang dalam kotak", "all"),
        ("kesemuanya", "all"),
    ],
)
def test_shopper_says_how_many(said: Said, text: str, value: str) -> None:
    assert said(text, "quantity") == [("quantity", value)]


@pytest.mark.parametrize(
    "text",
    [
        "yang nombor 2",
        "nomor dua",
        "pilihan no 2 ya",
        "size 39 aja",
        "tukar 42",
        "ambil 3XL",
        "barang2 saya",
        "blok c 3",
        "lantai 12 unit 5",
        "2 hari lagi",
        "dua kali",
        "rm 2",
        "12 Mei",
        "satu lagi soalan",
        "semua orang",
        "70 je",
    ],
)
def test_shopper_says_nothing_of_pieces(said: Said, text: str) -> None:
    assert said(text, "quantity") == []


def test_the_whole_of_two_out_of_four_is_no_second_quantity(said: Said) -> None:
    assert said("nak pulangkan dua daripada lima item", "quantity") == [("quantity", "2")]
