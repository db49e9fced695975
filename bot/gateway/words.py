"""The gateway's own sentences, one file a language: ``gateway.<language>.yml`` in the words folder."""

from __future__ import annotations

from pathlib import Path

import yaml

FALLBACK = "en"


class Words:
    """Looks a key up in the locale ("en-MY"), then its language ("en"), then English."""

    def __init__(self, folder: Path) -> None:
        self._by_locale: dict[str, dict[str, str]] = {}
        for path in sorted(folder.glob("gateway.*.yml")):
            content = yaml.safe_load(path.read_text("utf-8"))
            self._by_locale[path.name.split(".")[1].lower()] = {
                f"{section}.{key}": text for section, texts in content.items() for key, text in texts.items()
            }
        if FALLBACK not in self._by_locale:
            raise FileNotFoundError(f"{folder} has no gateway.{FALLBACK}.yml.")

    def languages(self) -> list[str]:
        return sorted(self._by_locale)

    def text(self, key: str, locale: str = FALLBACK) -> str:
        for name in (locale.lower(), locale.lower().replace("_", "-").split("-")[0], FALLBACK):
            found = self._by_locale.get(name, {}).get(key)
            if found is not None:
                return found
        raise KeyError(key)
