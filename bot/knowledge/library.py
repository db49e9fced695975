"""The folder of articles as it is now: a changed file is read again, a broken one is told and left out."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from bot.knowledge.article import Article, read_article
from bot.knowledge.facts import ENGLISH, FILE, BrokenFile, FactsOf, no_facts, read_facts, told_in

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_Stamp = tuple[int, int]

log = logging.getLogger(__name__)


class Library:
    """Looks at the folder at every call, and reads what changed. Safe to use from several threads.

    Args:
        folder: ``<language>/<slug>.md`` and ``facts.yml``; docs/articles.md.
        facts_of: for a language the facts that are not in that file (the shop's rules); they go before the file's.
        today: in the shop's time zone; decides which articles are over.
        only: the languages that the shop offers; empty: all that have articles.
    """

    def __init__(
        self,
        folder: Path,
        facts_of: FactsOf = no_facts,
        today: Callable[[], date] = date.today,
        only: Collection[str] = (),
    ) -> None:
        self._folder = folder
        self._facts_of = facts_of
        self._today = today
        self._only = only
        self._lock = Lock()
        self._file_facts: dict[str, Any] = {}
        self._seen: dict[str, _Stamp] = {}
        self._articles: dict[str, dict[str, Article]] = {}
        self._broken: dict[Path, str] = {}

    def languages(self) -> list[str]:
        """Those with articles, English first."""
        with self._lock:
            self._refresh()
            spoken = [each for each, articles in self._articles.items() if articles and self._offers(each)]
            return sorted(spoken, key=lambda language: (language != ENGLISH, language))

    def articles(self, language: str) -> Mapping[str, Article]:
        """Slug -> article, also those that are over, by slug. The same object as long as nothing changed."""
        with self._lock:
            self._refresh()
            return self._articles.get(language, {}) if self._offers(language) else {}

    def _offers(self, language: str) -> bool:
        return not self._only or language in self._only

    def is_shown(self, article: Article) -> bool:
        return article.is_valid(self._today())

    def broken(self) -> dict[Path, str]:
        """Files that are left out, each with the reason."""
        with self._lock:
            self._refresh()
            return dict(self._broken)

    def _refresh(self) -> None:
        now = dict(self._files())
        if now == self._seen:
            return
        before, self._seen, facts = self._seen, now, str(self._folder / FILE)
        new_facts = now.get(facts) != before.get(facts)
        if new_facts:
            self._read_facts(Path(facts))
        gone = {Path(path) for path in before.keys() - now.keys() - {facts}}
        changed = {Path(path) for path, stamp in now.items() if new_facts or before.get(path) != stamp} - {Path(facts)}
        for language in {path.parent.name for path in gone | changed}:
            kept = dict(self._articles.get(language, {}))
            for path in sorted(gone | changed):
                if path.parent.name == language:
                    self._broken.pop(path, None)
                    kept.pop(path.stem, None)
                    if path in changed and (article := self._read(path)):
                        kept[path.stem] = article
            self._articles[language] = dict(sorted(kept.items()))

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
        self._broken.pop(path, None)
        try:
            self._file_facts = read_facts(path)
        except BrokenFile as error:
            self._tell(path, error)  # the facts as they were before still hold

    def _read(self, path: Path) -> Article | None:
        try:
            return read_article(path, self._facts)
        except BrokenFile as error:
            self._tell(path, error)
            return None

    def _tell(self, path: Path, error: BrokenFile) -> None:
        self._broken[path] = str(error)
        log.warning("%s cannot be used: %s.", path, error)

    def _facts(self, language: str) -> dict[str, str]:
        return {**told_in(language, self._file_facts), **self._facts_of(language)}


def _stamp(file: os.DirEntry[str]) -> _Stamp:
    try:
        about = file.stat()
    except OSError:  # gone since, or a link to nothing: reading it tells
        return 0, 0
    return about.st_mtime_ns, about.st_size
