"""The words on a card that are the widget's own, in the language of the message that brings it.

The page may be in another language than the conversation. Source: the widget's own words, ``bot/web/widget/words``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from bot.gateway.static_files import WEB

WORDS = WEB / "widget" / "words"
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
}


def card_labels(card_type: str, language: str) -> dict[str, str]:
    """Key -> words for a type of card; empty where the widget lacks the language, or the card has no words of its own.

    Args:
        language: ISO 639-1 code, or a BCP 47 tag that begins with it.
    """
    words = _words(language.split("-", maxsplit=1)[0])
    return {key: words[key] for key in _OF_TYPE.get(card_type, ()) if key in words}


@lru_cache(maxsize=1)
def _all_words() -> Mapping[str, Mapping[str, str]]:
    return {file.stem: json.loads(file.read_text("utf-8")) for file in WORDS.glob("*.json")}


def _words(language: str) -> Mapping[str, str]:
    return _all_words().get(language, {})
