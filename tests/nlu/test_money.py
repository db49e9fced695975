"""Amounts of money as they are typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.nlu.conftest import Found

Said = Callable[..., Found]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("ms", "RM 120", "MYR 120.00"),
        ("ms", "sampai rm9.90", "MYR 9.90"),
        ("en", "RM1,200.50", "MYR 1200.50"),
        ("ms", "120 ringgit", "MYR 120.00"),
        ("ms", "lima puluh ringgit", "MYR 50.00"),
        ("ms", "3 ribu", "MYR 3000.00"),
        ("id", "Rp150.000", "IDR 150000.00"),
        ("id", "Rp. 1.250.000,-", "IDR 1250000.00"),
        ("id", "rp 85 ribu", "IDR 85000.00"),
        ("id", "150rb", "IDR 150000.00"),
        ("en", "150rb", "IDR 150000.00"),
        ("id", "150k", "IDR 150000.00"),
        ("id", "1,5 juta", "IDR 1500000.00"),
        ("id", "1.5jt", "IDR 1500000.00"),
        ("id", "dua ratus lima puluh ribu rupiah", "IDR 250000.00"),
        ("", "180 ribu", "IDR 180000.00"),
        ("en", "$20", "USD 20.00"),
        ("en", "S$20.90", "SGD 20.90"),
        ("en", "10 dollars off la", "USD 10.00"),
        ("en", "₱1,250", "PHP 1250.00"),
        ("en", "500 pesos", "PHP 500.00"),
    ],
)
def test_shopper_names_an_amount(said: Said, language: str, text: str, value: str) -> None:
    assert said(text, language=language) == [("money", value)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "150k followers"),
        ("ms", "ok 150 k"),
        ("en", "iphone 12"),
        ("id", "5 km"),
        ("ms", "rm"),
        ("en", "20000mAh"),
    ],
)
def test_no_amount_is_named(said: Said, language: str, text: str) -> None:
    assert said(text, "money", language=language) == []


def test_two_amounts_and_no_order_number(said: Said) -> None:
    assert said("kurir cod minta 120rb padahal tagihan Rp 98.000", language="id") == [
        ("money", "IDR 120000.00"),
        ("money", "IDR 98000.00"),
    ]
    assert said("I paid RM 1200 in May 2026") == [("money", "MYR 1200.00"), ("date", "2026-05-01/2026-05-31")]
