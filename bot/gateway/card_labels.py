"""The fixed words on a card, which come with its message, in the message's language.

The page may be in another language than the conversation, so the widget brings no words for cards of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from bot.languages import ENGLISH, language_of

WORDS = Path(__file__).parent / "card_words"
_FORM = ("optional", "choose", "missing")
_PARCEL = ("parcel", "tracking", "track", "earlier")
_OF_TYPE: Mapping[str, tuple[str, ...]] = {
    "order": ("order", "placed", "promised", "total", *_PARCEL),
    "timeline": _PARCEL,
    "address_form": ("country", "address.send", *_FORM),
    "email_form": ("email", "email.wrong", "email.send", *_FORM),
    "item_picker": ("items", "items.none", "items.send"),
    "case": ("case",),
    "photo_request": ("photo.pick",),
    "rating": ("rating", "rating.comment", "rating.send", *_FORM),
}


def card_labels(card_type: str, language: str) -> dict[str, str]:
    """Key -> words for a type of card: in English where the language has none; empty if the card has no fixed words.

    Args:
        language: ISO 639-1 code, or a BCP 47 tag that begins with it.
    """
    words = _all_words().get(language_of(language)) or _all_words()[ENGLISH]
    return {key: words[key] for key in _OF_TYPE.get(card_type, ())}


@lru_cache(maxsize=1)
def _all_words() -> Mapping[str, Mapping[str, str]]:
    return {file.stem: json.loads(file.read_text("utf-8")) for file in WORDS.glob("*.json")}
