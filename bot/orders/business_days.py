"""Business days: weekends differ by country (and, in Malaysia, by state), holidays may come every year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Holiday:
    month: int
    day: int
    year: int | None = None  # None: every year

    def falls_on(self, day: date) -> bool:
        return (day.month, day.day) == (self.month, self.day) and self.year in (None, day.year)


@dataclass(frozen=True)
class Calendar:
    weekend: frozenset[int]  # 0 is Monday
    holidays: tuple[Holiday, ...] = ()

    def is_business_day(self, day: date) -> bool:
        return day.weekday() not in self.weekend and not any(holiday.falls_on(day) for holiday in self.holidays)

    def add(self, start: date, days: int) -> date:
        """The business day ``days`` after ``start``; 0 is ``start`` itself or the first business day after it."""
        day = start
        while not self.is_business_day(day):
            day += timedelta(days=1)
        for _ in range(days):
            day += timedelta(days=1)
            while not self.is_business_day(day):
                day += timedelta(days=1)
        return day


def parse_weekday(name: str) -> int:
    """Raises ``ValueError`` with a sentence."""
    try:
        return WEEKDAYS.index(name.lower())
    except ValueError:
        raise ValueError(f'"{name}" is no day of the week in English, like saturday') from None


def parse_holiday(text: str) -> Holiday:
    """``MM-DD`` or ``YYYY-MM-DD``; raises ``ValueError`` with a sentence."""
    match = re.fullmatch(r"(?:(\d{4})-)?(\d{2})-(\d{2})", text)
    if match is None:
        raise ValueError(f'"{text}" is no date like "12-25" or "2027-02-06" (with the quotation marks)')
    year = int(match[1]) if match[1] else None
    try:
        date(year or 2024, int(match[2]), int(match[3]))  # 2024 had a 29 February
    except ValueError:
        raise ValueError(f'"{text}" is no day of the calendar') from None
    return Holiday(month=int(match[2]), day=int(match[3]), year=year)
