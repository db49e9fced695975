"""The bot's own sentences (``data/responses``), for a person who does what the bot would have done."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from bot.languages import ENGLISH
from bot.project.lined_yaml import Document
from bot.project.responses import variations_in


class Sentences:
    """By response and language: the first variation that stands under no other condition."""

    def __init__(self, folder: Path) -> None:
        self._texts: dict[tuple[str, str], str] = {}
        for file in sorted(folder.glob("*.yml")):
            document = Document(file, yaml.safe_load(file.read_text("utf-8")))
            for variation in variations_in(document):
                if not variation.when:
                    self._texts.setdefault((variation.response, variation.language), variation.text)

    def text(self, response: str, language: str, **values: object) -> str:
        """In ``language``, else in English; a value that is empty leaves no gap. Raises ``KeyError``."""
        text = self._texts.get((response, language)) or self._texts[(response, ENGLISH)]
        said = text.format_map({name: str(value) for name, value in values.items()})
        lines = [re.sub(r"(?<=\S) {2,}", " ", line).rstrip() for line in said.split("\n")]
        return "\n".join(line for line in lines if line)


@lru_cache(maxsize=4)
def sentences_in(folder: Path) -> Sentences:
    return Sentences(folder)
