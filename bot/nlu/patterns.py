"""What the entity finder knows, as data: shapes of numbers in any language, words in each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Extra

FOLDER = Path(__file__).parent
SHAPES = FOLDER / "shapes.yml"


class Shape(BaseModel, extra=Extra.forbid):
    """A regular expression; ``sure`` if it alone tells what the number is."""

    shape: str
    sure: bool


class QuantityWords(BaseModel, extra=Extra.forbid):
    words: dict[str, int]
    after: list[str]
    before: list[str]
    both: list[str]
    all: list[str]
    none: list[str]


class Words(BaseModel, extra=Extra.forbid):
    """The words of one language."""

    context: dict[str, list[str]]
    quantity: QuantityWords


def words_file(language: str) -> Path:
    return FOLDER / f"patterns.{language}.yml"


def load_shapes() -> dict[str, list[Shape]]:
    read = yaml.safe_load(SHAPES.read_text("utf-8"))
    return {entity: [Shape.parse_obj(shape) for shape in shapes] for entity, shapes in read.items()}


def load_words(languages: Sequence[str]) -> list[Words]:
    """The words of these languages.

    Args:
        languages: two-letter codes; each needs a file ``patterns.<code>.yml``.

    Raises:
        FileNotFoundError: a language has no file.
        pydantic.ValidationError: a file says something that is not understood.
    """
    return [Words.parse_obj(_read(words_file(language))) for language in languages]


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
