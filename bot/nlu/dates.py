"""Days and spans of days that shoppers mention, as ISO 8601: in words ("kemarin") or in digits ("12/5", "11.11")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from bot.nlu import calendar_days as calendar
from bot.nlu.date_words import DateWordFinder
from bot.nlu.found import Found, overlaps
from bot.nlu.numerals import Numeral
from bot.nlu.patterns import Words

ALWAYS_OPEN = "24/7"
_IN_DIGITS = re.compile(
    r"""(?<![\w/#-]) (?<!\d[.,])
        (?: (?P<year_first>\d{4}) (?P<sign>[-/.]) (?P<middle>\d{1,2}) (?P=sign) (?P<last>\d{1,2})
          | (?P<day>\d{1,2}) (?P<sep>[-/.]) (?P<month>\d{1,2}) (?P=sep) (?P<year>\d{4}|(?<=[/.])\d{2})
          | (?P<only_day>\d{1,2}) / (?P<only_month>\d{1,2})
          | (?P<double>\d{1,2}) \. (?P=double)        # the sale of 11.11
        ) (?! [\w/-] | [.,]\d )""",
    re.VERBOSE,
)
_BEFORE_NEIGHBOURHOOD = re.compile(r"(?i)\br[tw][\s./]*$")  # "RT 03/07" is a part of an Indonesian address


class DateFinder:
    """Finds dates with the words of some languages."""

    def __init__(self, nlp: Language, languages: Mapping[str, Words]) -> None:
        self._words = DateWordFinder(nlp, languages)
        measures = {word for words in languages.values() for word in words.context.get("measure", ())}
        self._measures = measures - {word for words in languages.values() for word in words.dates.units}

    def find(self, doc: Doc, numerals: Sequence[Numeral], today: date, language: str) -> list[Found]:
        """Values are a day ("2026-11-21") or a span of days, both included ("2026-11-16/2026-11-22").

        Args:
            doc: the text.
            numerals: the numbers in it.
            today: the shop's own calendar day.
            language: two letters; where languages share a word, this one's meaning goes first.
        """
        found = list(self._in_digits(doc, today))
        for start, end, value in self._words.find(doc, numerals, today, language):
            span = doc[start:end]
            said = Found("date", value, span.start_char, span.end_char)
            if not overlaps(said, found):
                found.append(said)
        return found

    def _in_digits(self, doc: Doc, today: date) -> Iterator[Found]:
        text = doc.text
        for match in _IN_DIGITS.finditer(text):
            if match[0] == ALWAYS_OPEN or _BEFORE_NEIGHBOURHOOD.search(text[: match.start()]):
                continue
            following = text[match.end() :].split(maxsplit=1)
            value = _value(match, today)
            if value and not (following and following[0].lower() in self._measures):
                yield Found("date", value, match.start(), match.end())


def _value(match: re.Match[str], today: date) -> str | None:
    """Day before month, as it is written here; the other way round where only that is a date."""
    said = {name: int(number) for name, number in match.groupdict().items() if number and number.isdecimal()}
    if "year_first" in said:
        return calendar.day_of_year(today, said["last"], said["middle"], said["year_first"])
    if "double" in said:
        return calendar.day_of_year(today, said["double"], said["double"], None)
    day, month = said.get("day", said.get("only_day", 0)), said.get("month", said.get("only_month", 0))
    year = calendar.full_year(said["year"]) if "year" in said else None
    return calendar.day_of_year(today, day, month, year) or calendar.day_of_year(today, month, day, year)
