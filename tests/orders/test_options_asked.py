"""Which size and colour is asked for."""

from __future__ import annotations

import pytest

from bot.orders.options_asked import in_stock, options_asked, size_beside, variants_like
from tests.orders.shelf import product, words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("size 42 black ada?", {"colour": ("black",), "size": ("42",)}),
        ("hitam nomor 41 masih ada kak", {"colour": ("black",), "size": ("41",)}),
        ("ada saiz 40 tak", {"size": ("40",)}),
        ("in lime?", {"colour": ("lime",)}),
        ("40 atau 41 ada?", {"size": ("40", "41")}),
        ("is it in stock", {}),
        ("I have 42.50 left", {}),
        ("order 1042", {}),
    ],
)
def test_size_and_colour_in_any_language(text: str, wanted: dict[str, tuple[str, ...]]) -> None:
    asked = options_asked(text, product("runner_shoes"), words())
    assert (asked.wanted, asked.unknown) == (wanted, ())


@pytest.mark.parametrize("text", ["size m", "got M?", "ukuran M ready kak", "m ada tak"])
def test_a_letter_is_a_size(text: str) -> None:
    assert options_asked(text, product("denim_jacket"), words()).wanted == {"size": ("M",)}


@pytest.mark.parametrize("text", ["I'm looking for it", "what's the price", "jaket ini ready?"])
def test_a_letter_in_a_word_is_none(text: str) -> None:
    assert not options_asked(text, product("denim_jacket"), words())


@pytest.mark.parametrize(
    ("text", "unknown"), [("size 47?", ("47",)), ("saiz XXL ada", ("XXL",)), ("got pink?", ("pink",))]
)
def test_what_it_does_not_come_in_is_named(text: str, unknown: tuple[str, ...]) -> None:
    asked = options_asked(text, product("linen_kurta"), words())
    assert (asked.wanted, asked.unknown) == ({}, unknown)


def test_other_options_are_heard_as_they_are_written() -> None:
    assert options_asked("20000mah ready?", product("power_bank"), words()).wanted == {"capacity": ("20000 mAh",)}
    assert options_asked("motif mega mendung", product("batik_cushion"), words()).wanted == {
        "pattern": ("mega mendung",)
    }
    assert options_asked("yang besar ada?", product("rattan_basket"), words()).wanted == {"size": ("large",)}


def test_stock_of_what_is_asked_for() -> None:
    runners = product("runner_shoes")
    assert in_stock(variants_like(runners, {"colour": ["lime"], "size": ["43"]})) == []
    assert len(in_stock(variants_like(runners, {"size": ["43"]}))) == 1


def test_the_size_beside_another() -> None:
    assert size_beside(product("runner_shoes"), "42", 1, words()) == "43"
    assert size_beside(product("runner_shoes"), "43", 1, words()) is None
    assert size_beside(product("linen_kurta"), "M", -1, words()) == "S"
    assert size_beside(product("satin_hijab"), "M", 1, words()) is None
