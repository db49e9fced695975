"""The languages that the bot speaks: each has a words file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

ENGLISH = "en"  # every sentence is there in English


def language_of(locale: str) -> str:
    """The language of a BCP 47 tag: "id" of "id-ID"."""
    return locale.replace("_", "-").split("-")[0].lower()


@lru_cache(maxsize=8)
def spoken_languages(words_dir: Path) -> tuple[str, ...]:
    """The languages of ``words_dir/<language>.yml``, English first."""
    others = {path.stem for path in words_dir.glob("*.yml") if "." not in path.stem} - {ENGLISH}
    return (ENGLISH, *sorted(others))


def first_language(page: str, shop: str, spoken: Sequence[str]) -> str:
    """The language that a conversation begins in: the page's, else the shop's, else English if it is spoken.

    Args:
        page: BCP 47 tag of the page that the shopper reads, or nothing.
        shop: BCP 47 tag of the shop.
        spoken: the languages that the bot speaks.
    """
    wanted = (language_of(page), language_of(shop))
    others = (ENGLISH, *spoken)
    return next((language for language in (*wanted, *others) if language in spoken), ENGLISH)
