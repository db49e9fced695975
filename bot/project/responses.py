"""What the bot says, variation by variation, with lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.languages import ENGLISH
from bot.project.lined_yaml import Document

LANGUAGE = "language"  # the slot that a variation's condition names
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Variation:
    """One way to say a response.

    Attributes:
        response: its name.
        language: what its condition on the language says; English needs none.
        when: the other conditions, as "asked is explain"; and the channel, if it is for one only.
        text: what is said.
        entry: as it stands in the file.
    """

    response: str
    language: str
    when: frozenset[str]
    text: str
    entry: Mapping[str, Any]
    file: Path
    line: int

    @property
    def placeholders(self) -> frozenset[str]:
        return placeholders_of(self.text)


def placeholders_of(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(_PLACEHOLDER.findall(text))


def variations_in(document: Document) -> Iterator[Variation]:
    """All variations of one file, in its order."""
    responses = document.section("responses")
    for name, entries in responses.items() if isinstance(responses, Mapping) else ():
        for index, entry in enumerate(entries or ()):
            if not isinstance(entry, Mapping):
                continue
            conditions = {
                str(each.get("name")): str(each.get("value"))
                for each in entry.get("condition") or ()
                if isinstance(each, Mapping)
            }
            language = conditions.pop(LANGUAGE, ENGLISH)
            when = {f"{slot} is {value}" for slot, value in conditions.items()}
            if entry.get("channel"):
                when.add(f"the channel is {entry['channel']}")
            line = document.line("responses", name, index)
            text = str(entry.get("text") or "")
            yield Variation(name, language, frozenset(when), text, entry, document.file, line)
