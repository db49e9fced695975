"""Training examples with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.languages import ENGLISH
from bot.project.lined_yaml import Document

# Rasa's own marks around what is to be learnt as an entity: [1047](order_number), [1047]{"entity": "order_number"}
_MARKED = re.compile(r"\[(?P<said>[^\]]+?)\](?:\([^)]+?\)|\{[^}]+?\})")


@dataclass(frozen=True)
class Example:
    """``line`` from 1, in ``file``."""

    text: str
    intent: str
    language: str
    file: Path
    line: int


def examples_in(document: Document) -> Iterator[Example]:
    """All examples of intents in one file of ``data/nlu``."""
    for index, block in enumerate(document.section("nlu") or ()):
        if not isinstance(block, Mapping) or not block.get("intent"):
            continue
        language = str((block.get("metadata") or {}).get("language") or ENGLISH)
        for text, line in _texts(block.get("examples"), document, index):
            yield Example(_MARKED.sub(r"\g<said>", text), str(block["intent"]), language, document.file, line)


def _texts(examples: Any, document: Document, index: int) -> Iterator[tuple[str, int]]:
    way = ("nlu", index, "examples")
    if isinstance(examples, str):
        first = document.line(*way)
        for number, line in enumerate(examples.splitlines(), 1):
            if line.startswith("-"):
                yield line[1:].strip(), first + number
    elif isinstance(examples, list):
        for number, example in enumerate(examples):
            if isinstance(example, Mapping) and isinstance(example.get("text"), str):
                yield example["text"].strip().removeprefix("-").strip(), document.line(*way, number)
