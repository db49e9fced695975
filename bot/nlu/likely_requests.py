"""What a message that was not understood may have meant: two requests to ask about, of the classifier's ranking."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

WORTH_ASKING = 0.12  # of the classifier's confidence: below, a guess would only annoy
LIKELIEST = 3  # of the ranking: among these the two are looked for
CHOICES = 2
NOT_UNDERSTOOD = "nlu_fallback"


def likely_requests(ranking: Sequence[Mapping[str, Any]], offered: Container[str]) -> list[str]:
    """Two intents that both are likely and can be offered by name; else none.

    Args:
        ranking: the message's ``intent_ranking``, the likeliest first.
        offered: intents that have a button's title.
    """
    meant = [entry for entry in ranking if entry["name"] != NOT_UNDERSTOOD]
    likely = [
        entry["name"] for entry in meant[:LIKELIEST] if entry["name"] in offered and entry["confidence"] >= WORTH_ASKING
    ]
    return likely[:CHOICES] if len(likely) >= CHOICES else []
