"""One language's articles in SQLite's full-text index, ranked by BM25."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.knowledge.article import Article
from bot.knowledge.terms import CONCEPT, Term, names_of, terms_of

_TOKENS = f"tokenize = \"unicode61 tokenchars '{CONCEPT}'\""
_ARTICLE_WEIGHTS = (0.0, 4.0, 6.0, 2.0, 1.0)  # slug, title, questions, headings, body
_FIRST_PASSAGE = 0.2  # an article begins with its answer: another passage must speak of so much more
_SAME_CONCEPT = 0.8  # what another word for the same counts
_SAME_CONCEPT_IN_PASSAGE = 0.5  # "Brunei" is said in one passage, other countries in all
_SMALL = 0.15  # what a small word counts
_MOST = 12  # articles that are compared closely
_LEAST = 1e-9  # BM25 is next to nothing where every article has the words


@dataclass(frozen=True)
class Hit:
    """An article that has words of the question.

    Attributes:
        rank: its BM25 as a part of the best article's, 0 to 1.
        share: how much of the question it speaks of, rare words counting more, 0 to 1.
        likeness: of the question to the most similar of those that the article lists, 0 to 1.
        telling: how many words it has in common with the question that tell a topic.
    """

    slug: str
    rank: float
    share: float
    likeness: float
    telling: int

    @property
    def score(self) -> float:
        """How well it fits, 0 to 1, comparable between questions."""
        return (self.likeness + self.share * self.rank) / 2


class ArticleTerms:
    """One article's terms, worked out once however often the index is built."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.title = terms_of(article.title, article.language)
        self.questions = [terms_of(question, article.language) for question in article.questions]
        headings = {each.heading: terms_of(each.heading, article.language) for each in article.passages}
        texts = [terms_of(each.text, article.language) for each in article.passages]
        self.headings = [term for terms in headings.values() for term in terms]
        self.body = [term for terms in texts for term in terms]
        self.passages = [_names(terms) for terms in texts]
        asked = (term for question in self.questions for term in question)
        self.names = _names((*self.title, *asked, *self.headings, *self.body))
        self.asked_alike = [(frozenset(each), _names(each)) for each in (self.title, *self.questions)]


class Index:
    """Made for one state of a language's articles; a new state takes a new one."""

    def __init__(self, articles: Collection[ArticleTerms]) -> None:
        self._terms = {each.article.slug: each for each in articles}
        self._weights: dict[Term, float] = {}
        self._weights_alike: dict[str, list[float]] = {}
        self._counts: dict[str, int] = {}
        for each in articles:
            for name in each.names:
                self._counts[name] = self._counts.get(name, 0) + 1
        self._tables = sqlite3.connect(":memory:", check_same_thread=False)
        columns = f"slug UNINDEXED, title, questions, headings, body, {_TOKENS}"
        self._tables.execute(f"CREATE VIRTUAL TABLE article USING fts5({columns})")
        self._tables.executemany("INSERT INTO article VALUES (?, ?, ?, ?, ?)", map(_row, articles))

    def close(self) -> None:
        self._tables.close()

    def hits(self, asked: Sequence[Term], always: Collection[str] = ()) -> list[Hit]:
        """The articles that BM25 puts first, and those of ``always`` with any of the terms, the best first."""
        if not asked:
            return []
        found = self._tables.execute(
            "SELECT slug, -bm25(article, ?, ?, ?, ?, ?) AS rank FROM article WHERE article MATCH ? "
            "ORDER BY rank DESC, slug",
            (*_ARTICLE_WEIGHTS, _any_of(asked)),
        ).fetchall()
        first = max(found[0][1], _LEAST) if found else _LEAST
        looked_at = [row for at, row in enumerate(found) if at < _MOST or row[0] in always]
        terms = frozenset(asked)
        hits = [self._hit(slug, max(bm25, 0) / first, terms) for slug, bm25 in looked_at]
        return sorted(hits, key=lambda hit: (-hit.score, hit.slug))

    def passage(self, slug: str, asked: Sequence[Term]) -> int:
        """The number of the article's passage that speaks most of the question."""
        terms = frozenset(asked)
        article, telling = self._terms[slug], {term.stem for term in asked if not term.small}
        if article.questions and telling <= _names(article.questions[0]):
            return 0  # the article's main question: it begins with the answer
        shares = [self._common(terms, names, _SAME_CONCEPT_IN_PASSAGE) for names in article.passages]
        shares[0] += _FIRST_PASSAGE * self._weight(terms)
        return max(range(len(shares)), key=lambda number: (shares[number], -number))

    def _hit(self, slug: str, rank: float, asked: frozenset[Term]) -> Hit:
        article = self._terms[slug]
        names, weight = _names(asked), self._weight(asked)
        share = self._common(asked, article.names) / weight
        likeness = max(
            # Dice's coefficient, rare terms counting more
            (self._common(asked, other_names) + self._common(other, names)) / (weight + other_weight)
            for (other, other_names), other_weight in zip(article.asked_alike, self._alike_weights(slug), strict=True)
        )
        telling = sum(not term.small and not article.names.isdisjoint(term.names) for term in asked)
        return Hit(slug, rank, share, likeness, telling)

    def _alike_weights(self, slug: str) -> list[float]:
        if slug not in self._weights_alike:
            self._weights_alike[slug] = [self._weight(terms) for terms, _ in self._terms[slug].asked_alike]
        return self._weights_alike[slug]

    def _common(self, terms: Iterable[Term], names: Collection[str], by_concept: float = _SAME_CONCEPT) -> float:
        """The weight of the terms that are among the names, by themselves or by their concept."""
        return sum(
            self._weight_of(term) * (1 if term.stem in names else by_concept)
            for term in terms
            if term.stem in names or term.concept in names
        )

    def _weight(self, terms: Iterable[Term]) -> float:
        return sum(map(self._weight_of, terms))

    def _weight_of(self, term: Term) -> float:
        """The inverse document frequency, as BM25 has it; an unknown term is the rarest."""
        if term not in self._weights:
            count = self._counts.get(term.concept or term.stem, 0)
            rarity = math.log(1 + (len(self._terms) - count + 0.5) / (count + 0.5))
            weight = rarity * (_SMALL if term.small else 1)
            if not count:
                return weight  # not kept: shoppers type whatever they like
            self._weights[term] = weight
        return self._weights[term]


def _names(terms: Iterable[Term]) -> set[str]:
    return {name for term in terms for name in term.names}


def _any_of(terms: Sequence[Term]) -> str:
    """Letters and the concepts' sign only: terms_of sees to it."""
    telling = [term for term in terms if not term.small] or terms
    return " OR ".join(f'"{name}"' for name in sorted(_names(telling)))


def _row(terms: ArticleTerms) -> tuple[str, str, str, str, str]:
    questions = " ".join(map(names_of, terms.questions))
    return terms.article.slug, names_of(terms.title), questions, names_of(terms.headings), names_of(terms.body)
