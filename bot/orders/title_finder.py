"""Products by their titles, until ``bot.nlu.products`` is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FoundTitle:
    value: str


class ProductFinder:
    def __init__(self, titles: Sequence[str]) -> None:
        self._titles = {title: set(re.findall(r"\w+", title.lower())) for title in titles}

    def find(self, text: str) -> list[FoundTitle]:
        spoken = set(re.findall(r"\w+", text.lower()))
        spoken |= {word.removesuffix("s") for word in spoken} | {f"{word}s" for word in spoken}
        return [FoundTitle(title) for title, words in self._titles.items() if words and words <= spoken]
