"""One of a few answers, however it is given: tapped, counted ("the second"), or in the shopper's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.hearing import Hearing
from actions.words import Words

SHORT = 6  # words; a longer message with another intent is about something else


def heard_choice(
    heard: Hearing, slot: str, asks: str | None, choices: Sequence[str], words: Words, *, early: bool = False
) -> str | None:
    """The choice that the message makes, if it makes one.

    Args:
        slot: also the name of the entity behind its buttons, and of the group in ``heard`` of the words file.
        early: whether the words count although something else, or nothing yet, is asked.
    """
    tapped = heard.value(slot)
    if tapped is not None:
        return tapped if tapped in choices else None
    if asks == slot and (place := ordinal(heard, words)) is not None:
        return choices[place] if -len(choices) <= place < len(choices) else None
    if asks != slot and not early:
        return None
    if not early and not heard.may_answer and heard.words > SHORT:
        return None
    return choice_in(heard.text, slot, choices, words) or choice_in(heard.meant, slot, choices, words)


def choice_in(text: str, slot: str, choices: Sequence[str], words: Words) -> str | None:
    """The choice whose longest phrase stands in ``text``."""
    found: list[tuple[int, str]] = []
    for choice in choices:
        phrases = [words.label(slot, choice), *(words.group(f"heard.{slot}").get(choice) or [])]
        found += [(len(phrase), choice) for phrase in phrases if contains(text, phrase)]
    return max(found)[1] if found else None


def contains(text: str, phrase: str) -> bool:
    """Whether the phrase stands in the text as whole words, small and capital letters alike."""
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text.replace("’", "'"), re.IGNORECASE) is not None


def ordinal(heard: Hearing, words: Words) -> int | None:
    """ "the first one" is 0, "the last" is -1."""
    if heard.intent != "choose":
        return None
    for place, phrases in words.group("heard.ordinal").items():
        if any(contains(heard.text, phrase) for phrase in phrases):
            return int(place)
    return None
