"""Which language to answer in: this message's, weighed against the conversation so far."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

STAYS = 2.0  # log-odds in favour of the language spoken so far: one doubtful word switches nothing
SHORT = {0: 4.0, 1: 2.0, 2: 1.0}  # words of the message: what it takes more, since "hi" and "ok" are said in all
STAYS_CHOSEN = 5.0  # the same, once the shopper has asked for a language
FEWEST_WORDS_CHOSEN = 4  # and then it takes a whole sentence to leave it


def choose_language(
    scores: Mapping[str, float], current: str, offered: Sequence[str], chosen: bool = False, words: int = 0
) -> str:
    """The language to answer in.

    Args:
        scores: a probability for each language, from this message alone (``bot.nlu.language``); a message that
            says nothing about its language has near-equal ones.
        current: the conversation's language so far, or the page's, or the shop's.
        offered: the languages that the bot speaks.
        chosen: the shopper asked for ``current`` outright.
        words: how many words this message has.
    """
    if chosen and words < FEWEST_WORDS_CHOSEN:
        return current
    stays = (STAYS_CHOSEN if chosen else STAYS) + SHORT.get(words, 0.0)
    weights = {
        language: math.log(max(scores.get(language, 0.0), 1e-9)) + (stays if language == current else 0.0)
        for language in offered
    }
    if not weights:
        return current
    best = max(weights.values())
    likeliest = [language for language, weight in weights.items() if weight == best]
    return current if current in likeliest else likeliest[0]
