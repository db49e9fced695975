"""Which language the conversation goes on in, settled before the dialogue sees the message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.languages import first_language
from bot.nlu.language_choice import choose_language
from bot.settings import Settings

LANGUAGE = "language"  # the slot that responses and words are chosen by
CHOSEN = "language_chosen"  # the slot that says that the shopper asked for it
# People who mix languages say yes and no in any of them: "eh no la", "ya betul".
YES_AND_NO = frozenset({"affirm", "deny"})
SHORT_ANSWER = 3  # words
# Entities that are the same in every language: "8 jalan melur, 43000 kajang" is no word of Malay.
SAY_NOTHING = frozenset(
    {"order_number", "tracking_number", "email", "phone", "number", "money"}
    | {"street", "postcode", "city", "province", "product", "variant_option"}
)


def language_of_turn(
    slots: Mapping[str, Any], parse_data: Mapping[str, Any], *, begun: bool, locale: str, settings: Settings
) -> str:
    """The language to answer this message in.

    Args:
        slots: before the message.
        parse_data: of the message; what was tapped says nothing about a language.
        begun: whether the shopper has said anything before.
        locale: BCP 47 tag of the shopper's page.
        settings: the shop's own locale, and the languages it offers.
    """
    spoken = settings.offered_languages
    current = str((slots.get(LANGUAGE) if begun else "") or first_language(locale, settings.shop_locale, spoken))
    scores = (parse_data.get(LANGUAGE) or {}).get("scores")
    words = _telling_words(str(parse_data.get("text") or ""), parse_data.get("entities") or ())
    answer = (parse_data.get("intent") or {}).get("name") in YES_AND_NO and words <= SHORT_ANSWER
    if not scores or words == 0 or answer:
        return current
    return choose_language(scores, current, spoken, chosen=bool(slots.get(CHOSEN)), words=words)


def _telling_words(text: str, entities: Sequence[Mapping[str, Any]]) -> int:
    """How many words could tell a language: those with letters that are no part of a place, a product or a number."""
    silent = [(each["start"], each["end"]) for each in entities if each["entity"] in SAY_NOTHING and "start" in each]
    words = [word.span() for word in re.finditer(r"\S*[^\W\d_]\S*", text)]
    return sum(not any(start < to and begin < end for begin, to in silent) for start, end in words)
