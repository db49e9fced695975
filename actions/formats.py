"""Money, dates and lists as the shopper's own country writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, get_timezone
from babel.lists import format_list
from babel.numbers import format_currency

from bot.store.money import Money


@dataclass(frozen=True)
class Formats:
    locale: Locale
    time_zone: str = "UTC"

    def money(self, money: Money) -> str:
        return format_currency(money.amount, money.currency, locale=self.locale)

    def day(self, day: date) -> str:
        """A calendar day with its weekday, without the year: "Saturday, 21 November"."""
        return format_date(day, "full", locale=self.locale)

    def day_of(self, at: datetime) -> str:
        """The shopper's calendar day at an instant."""
        return format_date(at.astimezone(get_timezone(self.time_zone)).date(), "long", locale=self.locale)

    def moment(self, at: datetime) -> str:
        return format_datetime(at, "medium", tzinfo=get_timezone(self.time_zone), locale=self.locale)

    def country(self, code: str) -> str:
        """The name of an ISO 3166-1 country."""
        return self.locale.territories.get(code, code)

    def listed(self, parts: Sequence[str]) -> str:
        return format_list(list(parts), locale=self.locale)


def formats_for(locale: str, time_zone: str) -> Formats:
    """Formats for a BCP 47 tag ("en-MY") and an IANA zone; what Babel does not know becomes English and UTC."""
    try:
        known = Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        known = Locale("en")
    try:
        get_timezone(time_zone)
    except LookupError:
        time_zone = "UTC"
    return Formats(known, time_zone)
