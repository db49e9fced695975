"""The words of mails, one file a language: ``mail.<language>.yml`` in the desk's folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Formatter

import yaml

from bot.languages import ENGLISH, language_of


class MailWords:
    """Looks a key up in the language, then in English. Raises ``ValueError`` at the start where English is not whole,
    or another language names a place to fill that English does not."""

    def __init__(self, folder: Path) -> None:
        self._by_language: dict[str, Mapping[str, str]] = {
            path.name.split(".")[1]: _flat(yaml.safe_load(path.read_text("utf-8")))
            for path in sorted(folder.glob("mail.*.yml"))
        }
        english = self._by_language.get(ENGLISH)
        if english is None:
            raise ValueError(f"{folder} has no mail.{ENGLISH}.yml.")
        for language, texts in self._by_language.items():
            for key, text in texts.items():
                if key not in english or _places(text) - _places(english[key]):
                    raise ValueError(f"{folder}/mail.{language}.yml: {key} does not fit its English text.")

    def language(self, locale: str) -> str:
        """The language that a mail for this locale is written in."""
        language = language_of(locale)
        return language if language in self._by_language else ENGLISH

    def text(self, key: str, language: str, **values: str) -> str:
        found = self._by_language.get(language, {}).get(key) or self._by_language[ENGLISH][key]
        return found.format_map(values) if values else found


def _flat(content: Mapping[str, str | Mapping[str, str]]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for section, texts in content.items():
        if isinstance(texts, str):
            flat[section] = texts
        else:
            flat.update({f"{section}.{key}": text for key, text in texts.items()})
    return flat


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
