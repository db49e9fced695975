"""A moment of the next days as people say it: "today at 2:00 pm", "tomorrow …", "on Monday …", a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton, format_time

from bot.languages import language_of

Words = Callable[[str, str], str]  # (key, language) to a sentence of the gateway's words

_WEEK = 7  # days: from then on a weekday's name could be either of two


def when(moment: datetime, now: datetime, zone: tzinfo, language: str, words: Words) -> str:
    """``moment`` in the shop's ``zone``, spoken in ``language`` as in the zone's country."""
    locale = _locale(language_of(language), str(zone))
    there, today = moment.astimezone(zone), now.astimezone(zone).date()
    days = (there.date() - today).days
    if days <= 0:
        key = "today"
    elif days == 1:
        key = "tomorrow"
    else:
        key = "weekday" if days < _WEEK else "date"
    day = format_date(there, "EEEE", locale) if days < _WEEK else format_skeleton("MMMMd", there, locale=locale)
    return (
        words(f"gateway.back_{key}", language)
        .replace("{day}", day)
        .replace("{time}", format_time(there, "short", locale=locale))
    )


def _locale(language: str, zone: str) -> Locale:
    country = get_global("zone_territories").get(zone, "001")
    for tag in (f"{language}_{country}", "en_001" if language == "en" else language):
        try:
            return Locale.parse(tag)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_001")
