"""Which language the conversation goes on in, settled before the dialogue sees the message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.languages import first_language, spoken_languages
from bot.nlu.language_choice import choose_language
from bot.settings import Settings

LANGUAGE = "language"  # the slot that responses and words are chosen by
CHOSEN = "language_chosen"  # the slot that says that the shopper asked for it


def language_of_turn(
    slots: Mapping[str, Any], parse_data: Mapping[str, Any], *, begun: bool, locale: str, settings: Settings
) -> str:
    """The language to answer this message in.

    Args:
        slots: before the message.
        parse_data: of the message; what was tapped says nothing about a language.
        begun: whether the shopper has said anything before.
        locale: BCP 47 tag of the shopper's page.
        settings: the shop's own locale, and the folder of the languages spoken.
    """
    spoken = spoken_languages(settings.words_dir)
    current = str((slots.get(LANGUAGE) if begun else "") or first_language(locale, settings.shop_locale, spoken))
    scores = (parse_data.get(LANGUAGE) or {}).get("scores")
    if not scores:
        return current
    words = len(str(parse_data.get("text") or "").split())
    return choose_language(scores, current, spoken, chosen=bool(slots.get(CHOSEN)), words=words)
