"""What trainers tell the bot about a language's words: ``data/lexicons/<language>.yml`` and ``concepts.yml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Extra, validator

FOLDER = Path(__file__).resolve().parents[2] / "data" / "lexicons"
LANGUAGES = ("en", "id", "ms")


class Lexicon(BaseModel, extra=Extra.forbid):
    """One language's words.

    Attributes:
        short_forms: what is typed, and what is meant by it: one word or several ("gmn": "gimana").
        particles: words said for their tone; they tell the language and nothing else ("dong", "lah").
        function_words: frequent words that tell the language.
        words: correct words of the trade that the examples may lack; typing errors are mended towards them.
    """

    short_forms: dict[str, str] = {}
    particles: list[str] = []
    function_words: list[str] = []
    words: list[str] = []

    @validator("short_forms", pre=True)
    def _as_text(cls, forms: Any) -> Any:
        return {str(typed).lower(): str(meant).lower() for typed, meant in (forms or {}).items()}


@lru_cache(maxsize=16)
def lexicon_of(language: str, folder: Path = FOLDER) -> Lexicon:
    """The lexicon of a language.

    Raises:
        FileNotFoundError: there is none.
        pydantic.ValidationError: the file says something that is not understood.
    """
    return Lexicon.parse_obj(_read(folder / f"{language}.yml"))


@lru_cache(maxsize=4)
def concepts(folder: Path = FOLDER) -> dict[str, str]:
    """Word -> the concept it stands for, in all languages at once ("ongkir" -> "delivery_cost")."""
    groups: dict[str, list[str]] = _read(folder / "concepts.yml")
    return {str(word).lower(): str(concept) for concept, words in groups.items() for word in words}


def lexicon_files(folder: Path = FOLDER) -> list[Path]:
    """All files of the folder, for fingerprints."""
    return sorted(folder.glob("*.yml"))


def _read(path: Path) -> Any:
    # The loader in C, which PyYAML's wheels have: in Python thousands of words take seconds.
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) or {}
