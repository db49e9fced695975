"""Money, dates and lists as the shopper's own country writes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.core import get_global, parse_locale
from babel.dates import format_skeleton, format_time, get_timezone
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_precision

from bot.languages import ENGLISH
from bot.store.money import Money

DAY, DAY_OF_WEEK = "MMMd", "MMMEd"  # CLDR skeletons: every locale orders their parts its own way


@dataclass(frozen=True)
class Formats:
    """``numbers``: the locale whose points and commas are used; ``symbols``: how an amount of a currency is written
    ("RM {amount}"); ``whole``: currencies without cents."""

    locale: Locale
    numbers: Locale
    time_zone: str = "UTC"
    symbols: Mapping[str, str] = field(default_factory=dict)
    whole: Collection[str] = ()

    def money(self, money: Money) -> str:
        if money.currency not in self.symbols:
            return str(format_currency(money.amount, money.currency, locale=self.numbers))
        digits = 0 if money.currency in self.whole else get_currency_precision(money.currency)
        amount = money.amount.quantize(Decimal(1).scaleb(-digits))
        pattern = f"#,##0{'.' if digits else ''}{'0' * digits}"
        written = format_decimal(abs(amount), format=pattern, locale=self.numbers)
        return ("-" if amount < 0 else "") + self.symbols[money.currency].format(amount=written)

    def day(self, day: date) -> str:
        """A calendar day near today, with its weekday and without the year: "Sat, 21 Nov"."""
        return str(format_skeleton(DAY_OF_WEEK, datetime(day.year, day.month, day.day), locale=self.locale))

    def day_of(self, at: datetime) -> str:
        """The shopper's calendar day at an instant."""
        return self.day(at.astimezone(get_timezone(self.time_zone)).date())

    def moment(self, at: datetime) -> str:
        """The shopper's day and time at an instant, to the minute: "21 Nov, 9:46 pm"."""
        zone = get_timezone(self.time_zone)
        day = format_skeleton(DAY, at, tzinfo=zone, locale=self.locale)
        time = format_time(at, "short", tzinfo=zone, locale=self.locale)
        return str(self.locale.datetime_formats["medium"]).replace("{1}", day).replace("{0}", time)

    def country(self, code: str) -> str:
        """The name of an ISO 3166-1 country."""
        return str(self.locale.territories.get(code, code))

    def listed(self, parts: Sequence[str]) -> str:
        return str(format_list(list(parts), locale=self.locale))


def formats_for(
    locale: str,
    time_zone: str,
    symbols: Mapping[str, str] | None = None,
    whole: Collection[str] = (),
    *,
    language: str | None = None,
) -> Formats:
    """Formats for a BCP 47 tag ("en-MY") and an IANA zone; what Babel does not know becomes English and UTC.

    A tag without a country ("en") takes the zone's: who reads English in Kuala Lumpur writes 21 November, not
    November 21.

    Args:
        language: of the conversation, where it is another than the page's: then only the country is the tag's, and
            with it points and commas, as the shop's pages have them.
    """
    try:
        get_timezone(time_zone)
    except LookupError:
        time_zone = "UTC"
    try:
        of_page, country = parse_locale(locale, sep="-" if "-" in locale else "_")[:2]
    except ValueError:
        of_page, country = ENGLISH, None
    country = country or get_global("zone_territories").get(time_zone, "001")
    spoken = _locale(language or of_page, country)
    numbers = spoken if spoken.territory == country else _known(f"und_{country}") or spoken
    return Formats(spoken, numbers, time_zone, symbols or {}, whole)


def _locale(language: str, country: str) -> Locale:
    """A language as in a country; one that Babel lacks is English, and Babel's plain "en" is American."""
    plain = language if language != ENGLISH else "en_001"
    return _known(f"{language}_{country}") or _known(plain) or Locale.parse("en_001")


def _known(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag)
    except (UnknownLocaleError, ValueError):
        return None
