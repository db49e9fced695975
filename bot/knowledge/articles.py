"""The shop's articles: the one that answers a question, and the passage of it that does."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from bot.knowledge.article import Article
from bot.knowledge.facts import ENGLISH
from bot.knowledge.index import ArticleTerms, Hit, Index
from bot.knowledge.library import Library
from bot.knowledge.terms import Term, terms_of

# Measured: tests/knowledge/test_search.py.
ENOUGH = 0.65
STRONG, STRONG_WORDS = 0.85, 2
_INTENT = 0.6  # what it adds to the score that the classifier found one of the article's intents
_NAMESAKE = 0.03  # on top, where the article is called like the intent: enough where words decide nothing


@dataclass(frozen=True)
class Found:
    """An answer. ``passage`` is plain text for a chat bubble, ``url`` the whole article's path on the gateway."""

    slug: str
    language: str
    title: str
    passage: str
    url: str


_Candidate = tuple[Article, Hit | None]
_State = Mapping[str, Article]


class Articles:
    """The search; safe to use from several threads. A file edited meanwhile counts from the next call on."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = Lock()
        self._indexes: dict[str, tuple[_State, Index]] = {}
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
            intent: what the classifier took the text for; where articles name it, one of them answers any text (without
                words in common the one that is called like it: delivery-cost for delivery_cost).
            strong: only an article that leaves no doubt.
            without: slugs of articles that did not help.
        """
        own = self._library.articles(language)
        with self._lock:
            for spoken in dict.fromkeys((language, ENGLISH)):
                state, asked = self._library.articles(spoken), terms_of(text, spoken)
                left_out = {*without, *(own if spoken != language else ())}
                for article, hit in self._ranked(asked, spoken, state, intent):
                    fits = intent in article.intents or (hit is not None and hit.score >= ENOUGH)
                    if strong:
                        fits = hit is not None and hit.score >= STRONG and hit.telling >= STRONG_WORDS
                    if fits and article.slug not in left_out and self._library.is_shown(article):
                        return self._found(article, state, asked)
        return None

    def matches(self, text: str, language: str, most: int = 10) -> list[Found]:
        """The articles of a language that have to do with ``text``, the best first."""
        state = self._library.articles(language)
        with self._lock:
            asked = terms_of(text, language)
            hits = self._index(language, state).hits(asked)
            shown = [state[hit.slug] for hit in hits if hit.telling and self._library.is_shown(state[hit.slug])]
            return [self._found(article, state, asked) for article in shown[:most]]

    def warm_up(self) -> None:
        """Do now what the first search in each language would wait for."""
        for language in self._library.languages():
            self.matches("", language)

    def _index(self, language: str, state: _State) -> Index:
        known = self._indexes.get(language)
        if known is not None and known[0] is state:
            return known[1]
        before = self._terms.get(language, {})
        self._terms[language] = {
            slug: before[slug] if slug in before and before[slug].article is article else ArticleTerms(article)
            for slug, article in state.items()
        }
        if known is not None:
            known[1].close()
        self._indexes[language] = state, Index(self._terms[language].values())
        return self._indexes[language][1]

    def _ranked(self, asked: Sequence[Term], language: str, state: _State, intent: str | None) -> Iterator[_Candidate]:
        """The best first; those of the intent also without any word in common."""
        meant = {slug: article for slug, article in state.items() if intent in article.intents}
        hits = {hit.slug: hit for hit in self._index(language, state).hits(asked, always=meant)}
        scores = {slug: hit.score for slug, hit in hits.items() if hit.telling}
        for slug in meant:
            scores[slug] = scores.get(slug, 0) + _INTENT + (_NAMESAKE if slug.replace("-", "_") == intent else 0)
        for slug in sorted(scores, key=lambda each: (-scores[each], each)):
            yield state[slug], hits.get(slug)

    def _found(self, article: Article, state: _State, asked: Sequence[Term]) -> Found:
        passage = article.passages[self._index(article.language, state).passage(article.slug, asked)]
        url = f"/help/{article.language}/{article.slug}"
        return Found(article.slug, article.language, article.title, passage.text, url)
