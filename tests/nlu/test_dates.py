"""Days that shoppers mention; today is Saturday, 21 November 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.entity_finder import EntityFinder
from tests.nlu.conftest import Found

Said = Callable[..., Found]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("id", "kemarin", "2026-11-20"),
        ("id", "pesan kmrn kak", "2026-11-20"),
        ("id", "tas yg kemarin", "2026-11-20"),
        ("ms", "order semalam punya", "2026-11-20"),
        ("id", "dari semalam error terus", "2026-11-20"),
        ("id", "kelmarin", "2026-11-20"),
        ("ms", "kelmarin", "2026-11-19"),
        ("id", "kemarin lusa", "2026-11-19"),
        ("ms", "malam tadi", "2026-11-20"),
        ("id", "hari ini", "2026-11-21"),
        ("ms", "hari ni sampai tak", "2026-11-21"),
        ("id", "besok", "2026-11-22"),
        ("ms", "esok petang", "2026-11-22"),
        ("id", "lusa aja", "2026-11-23"),
        ("en", "it was supposed to come yesterday", "2026-11-20"),
        ("en", "tmr can?", "2026-11-22"),
        ("ms", "3 hari lepas", "2026-11-18"),
        ("id", "dua hari yang lalu", "2026-11-19"),
        ("en", "2 days ago", "2026-11-19"),
        ("en", "in 3 days", "2026-11-24"),
        ("id", "2 hari lagi", "2026-11-23"),
        ("id", "tgl 12", "2026-11-12"),
        ("id", "tgl12 kak", "2026-11-12"),
        ("id", "pesan tgl 3 kemarin", "2026-11-03"),
        ("id", "nanti tgl 25", "2026-11-25"),
        ("id", "sekitar tanggal 20 an bulan lalu kak", "2026-10-20"),
        ("ms", "5 haribulan", "2026-11-05"),
        ("ms", "12hb5", "2026-05-12"),
        ("ms", "order bertarikh 5 jun", "2026-06-05"),
        ("en", "on the 10th", "2026-11-10"),
        ("en", "the 12th of june", "2026-06-12"),
        ("id", "12 Mei", "2026-05-12"),
        ("id", "12 mei tahun lalu", "2025-05-12"),
        ("ms", "1 Ogos 2025", "2025-08-01"),
        ("en", "May 12, 2026", "2026-05-12"),
        ("en", "12 dec", "2026-12-12"),
        ("en", "12/5", "2026-05-12"),
        ("en", "12/05/2024 at 10:30", "2024-05-12"),
        ("en", "5/25/2024", "2024-05-25"),
        ("en", "2026-10-12", "2026-10-12"),
        ("id", "beli pas 11.11", "2026-11-11"),
        ("ms", "jualan 6.6 hari tu", "2026-06-06"),
        ("en", "on Monday", "2026-11-16"),
        ("ms", "order hari isnin lepas", "2026-11-16"),
        ("id", "senin kemarin", "2026-11-16"),
        ("id", "jum'at", "2026-11-20"),
        ("id", "senin depan", "2026-11-23"),
        ("en", "by thursday", "2026-11-26"),
        ("ms", "sblm khamis", "2026-11-26"),
        ("id", "hari minggu", "2026-11-15"),
        ("id", "minggu lalu hari senin", "2026-11-09"),
        ("en", "monday last week", "2026-11-09"),
    ],
)
def test_shopper_says_a_day(said: Said, language: str, text: str, day: str) -> None:
    assert said(text, "date", language=language) == [("date", day)]


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("en", "last week", "2026-11-09", "2026-11-15"),
        ("ms", "minggu lepas", "2026-11-09", "2026-11-15"),
        ("id", "minggu lalu", "2026-11-09", "2026-11-15"),
        ("id", "minggu kemarin", "2026-11-09", "2026-11-15"),
        ("id", "seminggu lalu", "2026-11-09", "2026-11-15"),
        ("en", "this week", "2026-11-16", "2026-11-22"),
        ("id", "minggu depan", "2026-11-23", "2026-11-29"),
        ("en", "the shoes I bought last month", "2026-10-01", "2026-10-31"),
        ("ms", "bulan lepas", "2026-10-01", "2026-10-31"),
        ("id", "dua bulan lalu", "2026-09-01", "2026-09-30"),
        ("ms", "tahun lepas", "2025-01-01", "2025-12-31"),
        ("id", "bulan februari tahun kemarin", "2025-02-01", "2025-02-28"),
        ("en", "in June", "2026-06-01", "2026-06-30"),
        ("ms", "bulan jun", "2026-06-01", "2026-06-30"),
        ("ms", "bulan 5", "2026-05-01", "2026-05-31"),
        ("en", "in May 2026", "2026-05-01", "2026-05-31"),
        ("en", "last 3 days", "2026-11-18", "2026-11-21"),
        ("id", "3 hari terakhir", "2026-11-18", "2026-11-21"),
        ("ms", "2 minggu ni", "2026-11-07", "2026-11-21"),
    ],
)
def test_shopper_says_a_span_of_days(said: Said, language: str, text: str, first: str, last: str) -> None:
    assert said(text, "date", language=language) == [("date", f"{first}/{last}")]


@pytest.mark.parametrize(
    "text",
    [
        "may i return 2 of the mugs",
        "mac or windows",
        "sunscreen",
        "berapa hari sampai",
        "lepas bayar berapa hari",
        "3 hari",
        "tanggal merah",
        "the 2nd one",
        "on the 10th floor",
        "RT 03/07",
        "open 24/7?",
        "unit 12-03-30",
        "24 Jalan SS 2/7",
        "31/2",
        "rm6.60",
    ],
)
def test_no_day_is_said(said: Said, text: str) -> None:
    assert said(text, "date") == []


def test_the_day_depends_on_today_alone(finder: EntityFinder) -> None:
    new_year = date(2027, 1, 1)
    assert [each.value for each in finder.find("kemarin, bulan lalu, 25 des", new_year, "id")] == [
        "2026-12-31",
        "2026-12-01/2026-12-31",
        "2026-12-25",
    ]


WORDS = ["kemarin", "minggu", "hari", "lepas", "lalu", "bulan", "tgl", "12", "31", "mei", "feb", "last", "week", "next",
         "3", "isnin", "ini", "tahun", "2024", "the", "10", "th", "of", "hb", "in", "a", "ago", "/", ","]  # fmt: skip


@given(words=st.lists(st.sampled_from(WORDS), max_size=9), today=st.dates(date(2020, 1, 1), date(2040, 12, 31)))
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_each_value_is_a_day_or_a_span(finder: EntityFinder, words: list[str], today: date) -> None:
    for found in finder.find(" ".join(words), today):
        if found.entity == "date":
            first, *last = (date.fromisoformat(part) for part in found.value.split("/"))
            assert not last or (len(last) == 1 and first <= last[0])
