"""The words that change with the data: labels of states, reasons and fields, titles of buttons.

Sentences live in ``data/responses``; what is put into them lives in ``data/words/<language>.yml``. What shoppers say
(``heard``) is listened for in every language, for they mix them; the shopper's own goes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.languages import ENGLISH, language_of, spoken_languages
from bot.wording.words import Words as SpokenWords

HEARD = "heard"


class Words(SpokenWords):
    """One language's words.

    Args:
        entries: the file's content: words in groups, addressed with dots ("order_state.paid").
        fallback: where a word is looked up that this language lacks.
        others: the content of the other languages' files, for what shoppers say.
    """

    def __init__(
        self, entries: Mapping[str, Any], fallback: Words | None = None, others: Iterable[Mapping[str, Any]] = ()
    ) -> None:
        heard = [each.get(HEARD) for each in (entries, *others)]
        super().__init__({**entries, HEARD: _joined([each for each in heard if each])}, fallback)


def _joined(groups: list[Mapping[str, Any]]) -> dict[str, Any]:
    """What each language hears, as one."""
    names = dict.fromkeys(name for group in groups for name in group)
    return {name: _joined_phrases([group[name] for group in groups if name in group]) for name in names}


def _joined_phrases(groups: list[Any]) -> Any:
    """A phrase that a language before gives to one answer is not given to another."""
    if not isinstance(groups[0], Mapping):
        return list(dict.fromkeys(phrase for group in groups for phrase in group))
    joined: dict[str, list[str]] = {}
    for group in groups:
        taken = {phrase for phrases in joined.values() for phrase in phrases}
        for name, phrases in group.items():
            joined.setdefault(name, []).extend(phrase for phrase in phrases if phrase not in taken)
    return joined


@lru_cache(maxsize=16)
def words_in(language: str, folder: Path) -> Words:
    """The words of ``folder/<language>.yml``; what it lacks comes from English."""
    spoken = spoken_languages(folder)
    language = language_of(language)
    language = language if language in spoken else ENGLISH
    fallback = None if language == ENGLISH else words_in(ENGLISH, folder)
    others = [_entries(each, folder) for each in spoken if each != language]
    return Words(_entries(language, folder), fallback, others)


@lru_cache(maxsize=16)
def _entries(language: str, folder: Path) -> Mapping[str, Any]:
    file = folder / f"{language}.yml"
    if not file.is_file():
        raise FileNotFoundError(f"{file} is missing: it holds the words the bot puts into its sentences.")
    entries: Mapping[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return entries
