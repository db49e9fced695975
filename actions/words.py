"""The words that change with the data: labels of states, reasons and fields, titles of buttons.

Sentences live in ``data/responses``; what is put into them lives in ``data/words/<language>.yml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DEFAULT_LANGUAGE = "en"


class Words:
    """One language's words.

    Args:
        entries: the file's content: words in groups, addressed with dots ("order_state.paid").
        fallback: where a word is looked up that this language lacks.
    """

    def __init__(self, entries: Mapping[str, Any], fallback: Words | None = None) -> None:
        self._entries = entries
        self._fallback = fallback

    def text(self, key: str, **values: object) -> str:
        """The word at ``key`` with ``{values}`` put in.

        Raises:
            KeyError: no language has it.
        """
        found = self._find(key)
        if not isinstance(found, str):
            raise KeyError(key)
        return found.format_map(values) if values else found

    def label(self, group: str, code: str) -> str:
        """The word for a code of the shop's own making; the code itself, made readable, where nobody wrote one."""
        found = self._find(f"{group}.{code}")
        return found if isinstance(found, str) else code.replace("_", " ")

    def group(self, key: str) -> dict[str, Any]:
        """All words of a group, empty where there is none."""
        found = self._find(key)
        return dict(found) if isinstance(found, Mapping) else {}

    def _find(self, key: str) -> Any:
        found: Any = self._entries
        for part in key.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        if found is None and self._fallback is not None:
            return self._fallback._find(key)
        return found


@lru_cache(maxsize=16)
def words_in(language: str, folder: Path) -> Words:
    """The words of ``folder/<language>.yml``; what it lacks comes from English."""
    language = language.replace("_", "-").split("-")[0]
    fallback = None if language == DEFAULT_LANGUAGE else words_in(DEFAULT_LANGUAGE, folder)
    file = folder / f"{language}.yml"
    if not file.is_file():
        if fallback is None:
            raise FileNotFoundError(f"{file} is missing: it holds the words the bot puts into its sentences.")
        return fallback
    return Words(yaml.safe_load(file.read_text(encoding="utf-8")), fallback)
