"""The help pages' HTML: no script, nothing from elsewhere; what is not the articles' own Markdown is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Protocol

from bot.gateway.words import Words
from bot.knowledge.article import Article
from bot.knowledge.passages import html_of

STYLE = "/help/style.css"


@dataclass(frozen=True)
class Say:
    """The words of the ``help`` section in the page's language."""

    words: Words
    language: str

    def __call__(self, key: str, language: str = "") -> str:
        return self.words.text(f"help.{key}", language or self.language)


class Answer(Protocol):
    """A search result."""

    @property
    def title(self) -> str: ...
    @property
    def passage(self) -> str: ...
    @property
    def url(self) -> str: ...


def article_page(article: Article, languages: Sequence[str], say: Say) -> str:
    """``languages``: those that have the article, its own among them."""
    body = (
        f'<p class=up><a href="{path(article.language)}">{escape(say("title"))}</a></p>'
        f"<article><h1>{escape(article.title)}</h1>{html_of(article.markdown)}</article>"
        f"<p class=ask>{escape(say('ask'))}</p>{_search(article.language, '', say)}"
    )
    links = {language: path(language, article.slug) for language in languages}
    return _page(article.language, article.title, body, links, say)


def index_page(language: str, articles: Sequence[Article], languages: Sequence[str], say: Say) -> str:
    """All articles under their topics; those without one come last."""
    ordered = sorted(articles, key=lambda each: (not each.topic, each.topic, each.title))
    topics = "".join(
        f"<section><h2>{escape(topic or say('more'))}</h2>{_links(list(group))}</section>"
        for topic, group in groupby(ordered, key=lambda each: each.topic)
    )
    body = f"<h1>{escape(say('title'))}</h1>{_search(language, '', say)}<div class=topics>{topics}</div>"
    return _page(language, say("title"), body, {each: path(each) for each in languages}, say)


def results_page(language: str, question: str, answers: Sequence[Answer], languages: Sequence[str], say: Say) -> str:
    found = "".join(
        f'<li><a href="{escape(answer.url)}">{escape(answer.title)}</a><p>{escape(answer.passage)}</p></li>'
        for answer in answers
    )
    title = say("results").replace("{question}", question)
    body = (
        f"<h1>{escape(title)}</h1>{_search(language, question, say)}"
        + (f"<ul class=results>{found}</ul>" if found else f"<p>{escape(say('nothing'))}</p>")
        + f'<p><a href="{path(language)}">{escape(say("all"))}</a></p>'
    )
    return _page(language, title, body, {each: path(each) for each in languages}, say)


def missing_page(language: str, languages: Sequence[str], say: Say) -> str:
    body = (
        f"<h1>{escape(say('gone'))}</h1>{_search(language, '', say)}"
        f'<p><a href="{path(language)}">{escape(say("all"))}</a></p>'
    )
    return _page(language, say("title"), body, {each: path(each) for each in languages}, say)


def path(language: str, slug: str = "") -> str:
    """Languages and slugs are letters, digits and hyphens: the library sees to it."""
    return f"/help/{language}/{slug}"


def _page(language: str, title: str, body: str, links: dict[str, str], say: Say) -> str:
    others = "".join(
        f'<li><a href="{link}" lang="{other}" hreflang="{other}">{escape(say("language", other))}</a></li>'
        for other, link in links.items()
        if other != language
    )
    alternates = "".join(
        f'<link rel="alternate" hreflang="{other}" href="{link}">' for other, link in links.items() if other != language
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{STYLE}">{alternates}</head><body>'
        f'<header><a href="/">{escape(say("shop"))}</a></header><main>{body}</main>'
        + (f'<footer><nav aria-label="{escape(say("languages"))}"><ul>{others}</ul></nav></footer>' if others else "")
        + "</body></html>"
    )


def _search(language: str, question: str, say: Say) -> str:
    return (
        f'<form role="search" action="{path(language)}"><label for="q">{escape(say("search"))}</label>'
        f'<div><input id="q" name="q" type="search" maxlength="200" value="{escape(question)}">'
        f"<button>{escape(say('go'))}</button></div></form>"
    )


def _links(articles: Sequence[Article]) -> str:
    items = "".join(
        f'<li><a href="{path(each.language, each.slug)}">{escape(each.title)}</a></li>' for each in articles
    )
    return f"<ul>{items}</ul>"
