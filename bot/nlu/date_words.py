"""Days said in words: "kemarin", "minggu lepas", "3 days ago", "tgl 12", "12 Mei 2026", "hari Isnin"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from bot.nlu import calendar_days as calendar
from bot.nlu.date_grammar import NUMBER, RELATIVE, WEEKDAY, YEAR, DateGrammar, Said
from bot.nlu.numerals import Numeral
from bot.nlu.patterns import Words


class DateWordFinder:
    """Finds days with the words of some languages."""

    def __init__(self, nlp: Language, languages: Mapping[str, Words]) -> None:
        self._grammar = DateGrammar(nlp, languages)

    def find(self, doc: Doc, numerals: Sequence[Numeral], today: date, language: str) -> Iterator[tuple[int, int, str]]:
        """First token, token behind the last, ISO day or interval; ``language``: whose words go first."""
        for rule, said in self._grammar.find(doc, numerals, language):
            value = READERS[rule](said, today)
            if value:
                yield said.start, said.end, value


def _day_of_year(said: Said, today: date) -> str | None:
    day, month = said.number(NUMBER) or 0, said.number("Mm") or 0
    return calendar.day_of_year(today, day, month, said.year(today), said.which)


def _day_in_month(said: Said, today: date) -> str | None:
    day, *rest = said.numbers()
    month = said.number("Mm") or next(iter(rest), None)
    if month is None:
        return calendar.day_of_month(today, day, said.which)
    return calendar.day_of_year(today, day, month, said.number(YEAR), said.which)


def _day_in_unit(said: Said, today: date) -> str | None:
    first = date.fromisoformat(calendar.unit_around(today, "month", said.distance).split("/")[0])
    return calendar.day_of_year(today, said.count(), first.month, first.year)


def _day_in_week(said: Said, today: date) -> str | None:
    if said.unit() != "week":
        return None
    monday = date.fromisoformat(calendar.unit_around(today, "week", said.distance).split("/")[0])
    return calendar.weekday_named(monday, said.number(WEEKDAY) or 0, "this")


def _weekday(said: Said, today: date) -> str:
    return calendar.weekday_named(today, said.number("Ww") or 0, said.which)


def _month(said: Said, today: date) -> str | None:
    number, year = said.number("Mm" + NUMBER) or 0, said.year(today)
    if not 1 <= number <= calendar.MONTHS:
        return None
    return calendar.month(year, number) if year else calendar.month_named(today, number, said.which)


def _unit(said: Said, today: date) -> str:
    return calendar.unit_around(today, said.unit(), said.distance)


def _relative(said: Said, today: date) -> str:
    distance = said.number(RELATIVE)
    return calendar.unit_around(today, "day", -1 if distance is None else distance)


READERS: dict[str, Callable[[Said, date], str | None]] = {
    "day_of_year": _day_of_year,
    "month_and_day": _day_of_year,
    "day_in_month": _day_in_month,
    "day_in_unit": _day_in_unit,
    "day_of_month": lambda said, today: calendar.day_of_month(today, said.count(), said.which),
    "day_in_week": _day_in_week,
    "weekday": _weekday,
    "month": _month,
    "up_to_today": lambda said, today: calendar.up_to_today(today, said.unit(), said.count()),
    "ago": lambda said, today: calendar.unit_around(today, said.unit(), -said.count()),
    "ahead": lambda said, today: calendar.unit_around(today, said.unit(), said.count()),
    "unit": _unit,
    "relative": _relative,
}
