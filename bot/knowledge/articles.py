"""The shop's articles: the one that answers a question, and the passage of it that does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from bot.knowledge.article import Article
from bot.knowledge.facts import ENGLISH, FactsOf, no_facts
from bot.knowledge.index import ArticleTerms, Hit, Index
from bot.knowledge.library import Library
from bot.knowledge.terms import Term, terms_of

# Measured: tests/knowledge/test_search.py.
ENOUGH = 0.5
STRONG, STRONG_WORDS = 0.85, 2
_INTENT = 0.5  # what it adds to the score that the classifier found one of the article's intents
_MAIN_INTENT = 0.05  # on top, where it is the article's first


@dataclass(frozen=True)
class Found:
    """An answer. ``passage`` is plain text for a chat bubble, ``url`` the whole article's path on the gateway."""

    slug: str
    language: str
    title: str
    passage: str
    url: str


_Candidate = tuple[str, float, Hit | None]  # slug, score


class Articles:
    """Safe to use from several threads; a file edited meanwhile counts from the next call on.

    Args:
        folder: ``<language>/<slug>.md`` and ``facts.yml``; docs/articles.md.
        facts_of: for a language the facts that are not in that file (the shop's rules).
        today: in the shop's time zone; decides which articles are over.
    """

    def __init__(self, folder: Path, facts_of: FactsOf = no_facts, today: Callable[[], date] = date.today) -> None:
        self._library = Library(folder, facts_of)
        self._today = today
        self._lock = Lock()
        self._indexes: dict[str, Index] = {}
        self._terms: dict[str, dict[str, ArticleTerms]] = {}

    def search(
        self,
        text: str,
        language: str,
        intent: str | None = None,
        *,
        strong: bool = False,
        without: Collection[str] = (),
    ) -> Found | None:
        """The article that answers ``text`` best, or None if none does.

        Articles of the language first, then English ones on what the language has no article on.

        Args:
            intent: what the classifier took the text for; where articles name it, one of them answers any text.
            strong: only an article that leaves no doubt.
            without: slugs of articles that did not help.
        """
        with self._lock:
            self._refresh()
            for spoken in dict.fromkeys((language, ENGLISH)):
                elsewhere = self._library.articles.get(language, {}) if spoken != language else {}
                asked = terms_of(text, spoken)
                for slug, score, hit in self._ranked(asked, spoken, intent):
                    if slug in without or slug in elsewhere or not self._article(slug, spoken).is_valid(self._today()):
                        continue
                    if score < ENOUGH or (strong and not _is_strong(hit)):
                        break
                    return self._found(slug, spoken, asked)
        return None

    def matches(self, text: str, language: str, most: int = 10) -> list[Found]:
        """The articles of a language that have to do with ``text``, the best first."""
        with self._lock:
            self._refresh()
            asked, today = terms_of(text, language), self._today()
            slugs = [hit.slug for hit in self._index(language).hits(asked) if hit.telling]
            shown = [slug for slug in slugs if self._article(slug, language).is_valid(today)]
            return [self._found(slug, language, asked) for slug in shown[:most]]

    def get(self, language: str, slug: str) -> Article | None:
        """The article, unless it is over."""
        return next((article for article in self.all(language) if article.slug == slug), None)

    def all(self, language: str) -> list[Article]:
        """The articles of a language that are shown today, by their slugs."""
        with self._lock:
            self._refresh()
            today = self._today()
            return [article for article in self._library.articles.get(language, {}).values() if article.is_valid(today)]

    def languages(self) -> list[str]:
        """Those with articles, English first."""
        with self._lock:
            self._refresh()
            spoken = [language for language, articles in self._library.articles.items() if articles]
            return sorted(spoken, key=lambda language: (language != ENGLISH, language))

    def broken(self) -> dict[Path, str]:
        """Files that are left out, and why."""
        with self._lock:
            self._refresh()
            return dict(self._library.broken)

    def warm_up(self) -> None:
        """Do now what the first search in each language would wait for."""
        for language in self.languages():
            self.matches("", language)

    def _refresh(self) -> None:
        for language in self._library.refresh():
            if language in self._indexes:
                self._indexes.pop(language).close()

    def _index(self, language: str) -> Index:
        if language not in self._indexes:
            before = self._terms.get(language, {})
            articles = self._library.articles.get(language, {})
            self._terms[language] = {
                slug: before[slug] if slug in before and before[slug].article is article else ArticleTerms(article)
                for slug, article in articles.items()
            }
            self._indexes[language] = Index(self._terms[language].values())
        return self._indexes[language]

    def _ranked(
        self, asked: Sequence[Term], language: str, intent: str | None
    ) -> Iterator[tuple[str, float, Hit | None]]:
        """Slug, score and hit, the best first; articles of the intent also without any word in common."""
        articles = self._library.articles.get(language, {})
        meant = {slug: article for slug, article in articles.items() if intent in article.intents}
        hits = {hit.slug: hit for hit in self._index(language).hits(asked, always=meant)}
        scores = {slug: hit.score for slug, hit in hits.items()}
        for slug, article in meant.items():
            scores[slug] = scores.get(slug, 0) + _INTENT + (_MAIN_INTENT if article.intents[0] == intent else 0)
        for slug in sorted(scores, key=lambda each: (-scores[each], each)):
            yield slug, scores[slug], hits.get(slug)

    def _article(self, slug: str, language: str) -> Article:
        return self._library.articles[language][slug]

    def _found(self, slug: str, language: str, asked: Sequence[Term]) -> Found:
        article = self._article(slug, language)
        passage = article.passages[self._index(language).passage(slug, asked)]
        return Found(slug, language, article.title, passage.text, f"/help/{language}/{slug}")


def _is_strong(hit: Hit | None) -> bool:
    return hit is not None and hit.score >= STRONG and hit.telling >= STRONG_WORDS
