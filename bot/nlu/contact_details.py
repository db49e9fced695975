"""Email addresses and phone numbers in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import phonenumbers

from bot.nlu.found import Found

_EMAIL = re.compile(r"(?<![\w.@+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_LONG_ENOUGH = re.compile(r"\d(?:[\s().-]{0,2}\d){6}")
_MOBILE = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


def emails(text: str) -> Iterator[Found]:
    """What looks like an email address; the value is in small letters."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Found("email", match[0].lower(), match.start(), match.end())


def phones(text: str, regions: Sequence[str]) -> Iterator[Found]:
    """Numbers that are valid in one of the countries; the value is E.164.

    Args:
        text: any text.
        regions: ISO country codes. A number without its country is read in the first of them where it is a mobile
            number, else in the first where it is valid.
    """
    if not _LONG_ENOUGH.search(text):  # the search below takes a millisecond
        return
    readings: dict[tuple[int, int], list[phonenumbers.PhoneNumber]] = {}
    for region in regions:
        for match in phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.VALID):
            readings.setdefault((match.start, match.end), []).append(match.number)
    for (start, end), numbers in readings.items():
        number = min(numbers, key=lambda number: phonenumbers.number_type(number) not in _MOBILE)
        yield Found("phone", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), start, end)
