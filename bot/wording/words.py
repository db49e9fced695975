"""Words that change with the data: labels of states, reasons and fields, one YAML file a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.languages import ENGLISH, language_of


class Words:
    """Words in groups, addressed with dots ("order_state.paid"); what is lacking is looked up in ``fallback``."""

    def __init__(self, entries: Mapping[str, Any], fallback: Words | None = None) -> None:
        self._entries = entries
        self._fallback = fallback

    def text(self, key: str, **values: object) -> str:
        """The word at ``key`` with ``{values}`` put in. Raises ``KeyError`` where nobody wrote one."""
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

    def over(self, below: Words) -> Words:
        """These words, and ``below``'s for what is lacking here."""
        return Words(self._entries, below if self._fallback is None else self._fallback.over(below))

    def _find(self, key: str) -> Any:
        found: Any = self._entries
        for part in key.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        if found is None and self._fallback is not None:
            return self._fallback._find(key)
        return found


@lru_cache(maxsize=32)
def words_in(language: str, folder: Path, name: str = "") -> Words:
    """The words of ``folder/<language>.yml``, or of ``folder/<name>.<language>.yml``; what they lack is in English.

    Raises ``FileNotFoundError`` without the English file.
    """
    language = language_of(language)
    file = folder / (f"{name}.{language}.yml" if name else f"{language}.yml")
    if language == ENGLISH:
        return Words(yaml.safe_load(file.read_text("utf-8")) or {})
    english = words_in(ENGLISH, folder, name)
    return Words(yaml.safe_load(file.read_text("utf-8")) or {}, english) if file.is_file() else english
