"""The folder of articles as it is now: a changed file is read again, a broken one is told and left out."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.knowledge.article import Article, read_article
from bot.knowledge.facts import FILE, BrokenFile, FactsOf, read_facts, told_in

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_Stamp = tuple[int, int]

log = logging.getLogger(__name__)


class Library:
    """``articles``: language -> slug -> article, the slugs in alphabetical order. ``broken``: file -> reason.

    Args:
        folder: holds a folder a language, and ``facts.yml``.
        facts_of: what else may stand in braces; goes before the file's.
    """

    def __init__(self, folder: Path, facts_of: FactsOf) -> None:
        self._folder = folder
        self._facts_of = facts_of
        self._file_facts: dict[str, Any] = {}
        self._seen: dict[str, _Stamp] = {}
        self.articles: dict[str, dict[str, Article]] = {}
        self.broken: dict[Path, str] = {}

    def refresh(self) -> set[str]:
        """Read what changed since the last time; the languages in which something did."""
        now = dict(self._files())
        if now == self._seen:
            return set()
        before, self._seen, facts = self._seen, now, str(self._folder / FILE)
        new_facts = now.get(facts) != before.get(facts)
        if new_facts:
            self._read_facts(Path(facts))
        gone = {Path(path) for path in before.keys() - now.keys() - {facts}}
        changed = {Path(path) for path, stamp in now.items() if new_facts or before.get(path) != stamp} - {Path(facts)}
        for path in gone:
            self._leave_out(path)
        for path in sorted(changed):
            self._read(path)
        languages = {path.parent.name for path in gone | changed}
        for language in languages:
            self.articles[language] = dict(sorted(self.articles[language].items()))
        return languages

    def _files(self) -> Iterator[tuple[str, _Stamp]]:
        """Every article and the facts, each with what changes when it is written."""
        if not self._folder.is_dir():
            return
        for place in os.scandir(self._folder):
            if place.name == FILE:
                yield place.path, _stamp(place)
            elif place.is_dir() and _LANGUAGE.fullmatch(place.name):
                for file in os.scandir(place.path):
                    if file.name.endswith(".md") and not file.name.startswith("."):
                        yield file.path, _stamp(file)

    def _read_facts(self, path: Path) -> None:
        self.broken.pop(path, None)
        try:
            self._file_facts = read_facts(path)
        except BrokenFile as error:
            self._tell(path, error)  # the facts as they were before still hold

    def _read(self, path: Path) -> None:
        self._leave_out(path)
        try:
            article = read_article(path, self._facts)
        except BrokenFile as error:
            self._tell(path, error)
            return
        self.articles.setdefault(article.language, {})[article.slug] = article

    def _leave_out(self, path: Path) -> None:
        self.broken.pop(path, None)
        self.articles.setdefault(path.parent.name, {}).pop(path.stem, None)

    def _tell(self, path: Path, error: BrokenFile) -> None:
        self.broken[path] = str(error)
        log.warning("%s cannot be used: %s.", path, error)

    def _facts(self, language: str) -> dict[str, str]:
        return {**told_in(language, self._file_facts), **self._facts_of(language)}


def _stamp(file: os.DirEntry[str]) -> _Stamp:
    try:
        about = file.stat()
    except OSError:  # gone since, or a link to nothing: reading it tells
        return 0, 0
    return about.st_mtime_ns, about.st_size
