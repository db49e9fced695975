"""When people answer: opening hours by the shop's clock, closed on its holidays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta, timezone, tzinfo

from bot.orders.business_days import Holiday
from bot.shop_file.opening_hours import DAYS, Span

AHEAD = 400  # days that are looked at; a desk that opens on none of them never opens
MIDNIGHT = time.max  # a span that ends so ends with the day


class BusinessHours:
    def __init__(self, hours: Mapping[str, Sequence[Span]], holidays: Sequence[Holiday], zone: tzinfo) -> None:
        self.zone = zone
        self._days = [sorted(hours.get(day, ()), key=lambda span: span.begins) for day in DAYS]
        self._holidays = tuple(holidays)

    def is_open(self, now: datetime) -> bool:
        return next((begins <= now for begins, _ in self._from(now)), False)

    def opens(self, now: datetime) -> datetime | None:
        """``now`` while open, else when it opens next; None if it never does."""
        return next((max(begins, now) for begins, _ in self._from(now)), None)

    def after(self, since: datetime, minutes: float) -> datetime:
        """The moment so many minutes of opening hours later; by the clock if the desk never opens."""
        left = timedelta(minutes=minutes)
        for begins, ends in self._from(since):
            start = max(begins, since)
            if left <= ends - start:
                return start + left
            left -= ends - start
        return since + timedelta(minutes=minutes)

    def day_began(self, now: datetime) -> datetime:
        """The shop's last midnight, in UTC."""
        return self._at(now.astimezone(self.zone), time.min)

    def _from(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The spans that have not ended, in UTC: clocks that are put forward or back shorten or lengthen a day."""
        today = now.astimezone(self.zone)
        for offset in range(AHEAD):
            day = today + timedelta(days=offset)
            if any(holiday.falls_on(day.date()) for holiday in self._holidays):
                continue
            for span in self._days[day.weekday()]:
                ends = self._at(day, span.ends)
                if ends > now:
                    yield self._at(day, span.begins), ends

    def _at(self, day: datetime, clock: time) -> datetime:
        if clock == MIDNIGHT:
            day, clock = day + timedelta(days=1), time.min
        return datetime.combine(day.date(), clock, self.zone).astimezone(timezone.utc)
