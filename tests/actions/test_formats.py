"""Money and dates as shoppers of each country write them."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal

import pytest

from bot.store.money import Money
from bot.wording.formats import formats_for

SYMBOLS = {"MYR": "RM {amount}", "SGD": "S${amount}", "IDR": "Rp {amount}"}
KL = "Asia/Kuala_Lumpur"
LATE_EVENING = datetime(2026, 11, 20, 16, 5, 59, tzinfo=timezone.utc)  # already the 21st in Kuala Lumpur


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [("1250.5", "MYR", "RM 1,250.50"), ("32.90", "SGD", "S$32.90"), ("635000.00", "IDR", "Rp 635,000")],
)
def test_amounts_carry_the_sign_people_know(amount: str, currency: str, written: str) -> None:
    formats = formats_for("en", KL, SYMBOLS, ["IDR"])
    assert formats.money(Money(amount=Decimal(amount), currency=currency)) == written


def test_an_indonesian_shopper_reads_dots_between_thousands() -> None:
    formats = formats_for("id", "Asia/Jakarta", SYMBOLS, ["IDR"])
    assert formats.money(Money(amount=Decimal("635000"), currency="IDR")) == "Rp 635.000"


def test_a_currency_nobody_named_is_written_as_its_code() -> None:
    assert "JPY" in formats_for("en-MY", KL).money(Money(amount=Decimal(5), currency="JPY")).replace("¥", "JPY")


@pytest.mark.parametrize(
    ("locale", "zone", "written"),
    [
        ("en", KL, "Sat, 21 Nov"),
        ("en-US", KL, "Sat, Nov 21"),
        ("en", "Asia/Jakarta", "Sat, 21 Nov"),
        ("xx", KL, "Sat, 21 Nov"),
    ],
)
def test_days_follow_the_shoppers_country(locale: str, zone: str, written: str) -> None:
    assert formats_for(locale, zone).day(date(2026, 11, 21)) == written


def test_a_moment_is_told_in_the_shoppers_zone_without_seconds() -> None:
    moment = formats_for("en-SG", KL).moment(LATE_EVENING)
    assert moment.replace("\u202f", " ") == "21 Nov, 12:05 am"


def test_an_unknown_time_zone_is_utc() -> None:
    assert formats_for("en", "Mars/Olympus").day_of(LATE_EVENING) == "Fri, 20 Nov"


@pytest.mark.parametrize(
    ("language", "locale", "day", "amount"),
    [
        ("id", "en-MY", "Sab, 21 Nov", "RM 1,250.50"),
        ("id", "id-ID", "Sab, 21 Nov", "RM 1.250,50"),
        ("ms", "en-MY", "Sab, 21 Nov", "RM 1,250.50"),
        ("ms", "id-ID", "Sab, 21 Nov", "RM 1.250,50"),
        ("en", "id-ID", "Sat, 21 Nov", "RM 1.250,50"),
        ("en", "ms", "Sat, 21 Nov", "RM 1,250.50"),
        ("en", "en-TH", "Sat, 21 Nov", "RM 1,250.50"),
    ],
)
def test_the_conversations_language_is_written_as_in_the_pages_country(
    language: str, locale: str, day: str, amount: str
) -> None:
    formats = formats_for(locale, KL, SYMBOLS, language=language)
    assert formats.day(date(2026, 11, 21)) == day
    assert formats.money(Money(amount=Decimal("1250.5"), currency="MYR")) == amount
