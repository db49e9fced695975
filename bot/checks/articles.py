"""Articles that are broken, over, missing in a language, or for an intent that there is not."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.checks.finding import Finding
from bot.help_centre import facts_of
from bot.knowledge.article import Article
from bot.knowledge.facts import FactsOf, no_facts
from bot.knowledge.library import Library
from bot.languages import ENGLISH
from bot.orders.policy_file import PolicyError, load_policy
from bot.project.project import Project
from bot.settings import Settings


def check(project: Project, today: date | None = None) -> Iterator[Finding]:
    folder = project.root / "data/articles"
    if not folder.is_dir():
        return
    try:
        library = Library(folder, _facts_of(project.root / "data/policy.yml"))
    except PolicyError:
        return  # bot.checks.shop_rules says what is wrong; articles quote the rules
    _read(library)
    broken = library.broken()
    for file, reason in sorted(broken.items()):
        yield Finding(file, None, f"Shoppers never see this file: {reason}.", "Correct it.", error=True)
    english = library.articles(ENGLISH)
    for language in project.languages:
        articles = library.articles(language)
        for slug in english if language != ENGLISH else ():
            file = folder / language / f"{slug}.md"
            if slug not in articles and file not in broken:
                wrong = f"This article is missing in {language}, so shoppers read the English one."
                do = f"Write {language}/{slug}.md, or delete the English one if it is about English readers only."
                yield Finding(folder / ENGLISH / f"{slug}.md", None, wrong, do)
        for slug, article in articles.items():
            yield from _one(folder / language / f"{slug}.md", article, project.intents, today or date.today())


def _one(file: Path, article: Article, intents: Mapping[str, int], today: date) -> Iterator[Finding]:
    lines = file.read_text("utf-8").splitlines()
    for intent in article.intents:
        if intent not in intents:
            wrong = f"It is for the intent {intent}, which domain.yml does not have."
            do = "Correct the name in the front matter, or take it out."
            yield Finding(file, _line_with(lines, "intents"), wrong, do, error=True)
    if not article.is_valid(today):
        wrong = f"It was valid until {article.valid_until} and is not shown any more."
        yield Finding(
            file, _line_with(lines, "valid_until"), wrong, "Bring it up to date, or delete it in all languages."
        )


def _line_with(lines: list[str], key: str) -> int | None:
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), None)


def _facts_of(policy_file: Path) -> FactsOf:
    if not policy_file.exists():
        return no_facts
    return facts_of(load_policy(policy_file), Settings().shop_name)


def _read(library: Library) -> None:
    """Without what the library logs about broken files: the findings say it."""
    log = logging.getLogger("bot.knowledge.library")
    log.disabled, before = True, log.disabled
    try:
        library.languages()
    finally:
        log.disabled = before
