"""The files of examples, read without Rasa: ``data/nlu/*.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.nlu.examples import DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Example:
    text: str
    intent: str
    language: str


def read_examples(folder: Path) -> list[Example]:
    """All examples of the folder's files, in the order they stand in them.

    Raises:
        FileNotFoundError: there is no such folder, or no file in it.
    """
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise FileNotFoundError(f"{folder} holds no examples.")
    return [example for file in files for example in _of(yaml.safe_load(file.read_text("utf-8")))]


def _of(content: dict[str, list[dict[str, object]]]) -> list[Example]:
    return [
        Example(line.strip()[1:].strip(), str(block["intent"]), _language(block))
        for block in content.get("nlu", [])
        if "intent" in block
        for line in str(block.get("examples", "")).splitlines()
        if line.strip().startswith("- ")
    ]


def _language(block: dict[str, object]) -> str:
    metadata = block.get("metadata")
    return str(metadata.get("language", DEFAULT_LANGUAGE)) if isinstance(metadata, dict) else DEFAULT_LANGUAGE
