"""The part of a message that a search found, cut up so that a page can mark the hits. Text only, never HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+")
_BEFORE, _LENGTH = 40, 160  # characters before the first hit, and of all


@dataclass(frozen=True)
class Part:
    text: str
    hit: bool


def words_of(search: str) -> list[str]:
    return WORD.findall(search)


def snippet(text: str, words: Sequence[str]) -> list[Part]:
    """Around the first hit. The last of ``words`` may be the beginning of one; accents and case make no difference."""
    wanted, beginning = {folded(word) for word in words}, folded(words[-1]) if words else ""
    hits = [found.span() for found in WORD.finditer(text) if _is_hit(folded(found[0]), wanted, beginning)]
    start = max(0, hits[0][0] - _BEFORE) if hits else 0
    end = max(start + _LENGTH, hits[0][1] if hits else 0)
    if start:
        start = text.find(" ", start, hits[0][0]) + 1 or start  # not inside a word
    parts: list[Part] = []
    at = start
    for first, last in hits:
        if first >= end:
            break
        parts += [Part(text[at:first], hit=False), Part(text[first:last], hit=True)]
        at = last
    parts.append(Part(text[at:end], hit=False))
    dots = (Part("…", hit=False),)
    whole = [*(dots if start else ()), *parts, *(dots if max(end, at) < len(text) else ())]
    return [part for part in whole if part.text]


def has_all(text: str, words: Sequence[str]) -> bool:
    """Each of ``words`` stands there, the last perhaps as a beginning."""
    there = {folded(found) for found in WORD.findall(text)}
    *whole, last = [folded(word) for word in words]
    return there.issuperset(whole) and any(word.startswith(last) for word in there)


def folded(word: str) -> str:
    """Without case and accents, as the search compares words."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _is_hit(word: str, wanted: set[str], beginning: str) -> bool:
    return word in wanted or bool(beginning and word.startswith(beginning))
