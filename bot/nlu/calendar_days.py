"""Days and spans of days counted from today, as ISO 8601: "2026-11-21", "2026-11-16/2026-11-22"."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

WEEK = 7
MONTHS = 12
YEARS = range(1900, 2101)
FAR_BACK, SOON = 270, 95  # days; a day and month that were so long ago and are near again are those to come


def day(on: date) -> str:
    return on.isoformat()


def span(first: date, last: date) -> str:
    """From the first to the last day, both included."""
    return f"{first.isoformat()}/{last.isoformat()}"


def unit_around(today: date, unit: str, distance: int) -> str:
    """The day, week (from Monday), month or year so many units from today's."""
    if unit == "day":
        return day(today + timedelta(days=distance))
    if unit == "week":
        monday = today + timedelta(days=WEEK * distance - today.weekday())
        return span(monday, monday + timedelta(days=WEEK - 1))
    if unit == "month":
        months = today.year * MONTHS + today.month - 1 + distance
        return month(months // MONTHS, months % MONTHS + 1)
    return span(date(today.year + distance, 1, 1), date(today.year + distance, 12, 31))


def up_to_today(today: date, unit: str, number: int) -> str:
    """ "The last 3 days", "2 minggu ni"."""
    days = {"day": 1, "week": WEEK, "month": 30, "year": 365}[unit] * number
    return span(today - timedelta(days=days), today)


def month(year: int, number: int) -> str:
    return span(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def month_named(today: date, number: int, which: str) -> str:
    """That month of this year or the one before; ``which``: "last" (over), "next" (to come) or "" (begun)."""
    if which == "next":
        return month(today.year + (number <= today.month), number)
    over = number < today.month or (number == today.month and which != "last")
    return month(today.year - (not over), number)


def weekday_named(today: date, number: int, which: str) -> str:
    """The weekday before today, or with ``which`` "next" the one after, with "this" the one of this week."""
    if which == "next":
        return day(today + timedelta(days=(number - today.weekday() - 1) % WEEK + 1))
    if which == "this":
        return day(today + timedelta(days=number - today.weekday()))
    return day(today - timedelta(days=(today.weekday() - number - 1) % WEEK + 1))


def day_of_month(today: date, number: int, which: str) -> str | None:
    """ "The 12th": the latest, or with ``which`` "next" the nearest to come."""
    step = 1 if which == "next" else -1
    months = today.year * MONTHS + today.month - 1
    for distance in range(MONTHS):
        then = _valid((months + step * distance) // MONTHS, (months + step * distance) % MONTHS + 1, number)
        if then is not None and (then > today if which == "next" else then <= today):
            return day(then)
    return None


def day_of_year(today: date, number: int, month_number: int, year: int | None, which: str = "") -> str | None:
    """ "12 May": the year as said, else the latest such day, or the next one where that is long ago."""
    if year is not None:
        then = _valid(year, month_number, number)
        return day(then) if then else None
    years = range(today.year - 4, today.year + 5)  # the 29th of February comes every four years
    days = [then for then in (_valid(each, month_number, number) for each in years) if then]
    past, coming = [then for then in days if then <= today], [then for then in days if then > today]
    if not past or not coming:
        return None
    long_ago = (today - past[-1]).days >= FAR_BACK and (coming[0] - today).days <= SOON
    return day(coming[0] if which == "next" or (long_ago and which != "last") else past[-1])


def full_year(year: int) -> int:
    """Two digits are of this century."""
    return year + 2000 if year < 100 else year


def _valid(year: int, month_number: int, number: int) -> date | None:
    if year in YEARS and 1 <= month_number <= MONTHS and 1 <= number <= monthrange(year, month_number)[1]:
        return date(year, month_number, number)
    return None
