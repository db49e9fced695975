"""The articles as pages: ``/help/<language>/<slug>``, and all of them with a search at ``/help/<language>/``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from sanic.request import Request
from sanic.response import HTTPResponse, html, raw, redirect

from bot.gateway import help_html
from bot.gateway.access import address_of
from bot.gateway.parts import Parts
from bot.gateway.rate_limit import SEARCH_BY_ADDRESS
from bot.knowledge.article import Article
from bot.languages import first_language

if TYPE_CHECKING:
    from bot.knowledge.articles import Articles, Found

LONGEST_QUESTION = 200  # characters
# Stricter than the other pages': no script at all; the search is a form of this page.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'",
    "Cache-Control": "no-cache",
}
_T = TypeVar("_T")


class HelpPages:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._library = parts.library
        self._style = (Path(__file__).parent / "help_page.css").read_bytes()
        self._articles: Articles | None = None
        self._opening = Lock()

    def add_to(self, app: Any) -> None:
        app.add_route(self.style, help_html.STYLE, ["GET"], name="help_style")
        app.add_route(self.start, "/help", ["GET"], name="help_start")
        app.add_route(self.index, "/help/<language:str>", ["GET"], name="help_index")
        app.add_route(self.article, "/help/<language:str>/<slug:str>", ["GET"], name="help_article")

    async def style(self, _request: Request) -> HTTPResponse:
        return raw(self._style, content_type="text/css; charset=utf-8", headers={"Cache-Control": "no-cache"})

    async def start(self, request: Request) -> HTTPResponse:
        return redirect(help_html.path(await self._language_for(request)), {"Cache-Control": "no-store"})

    async def index(self, request: Request, language: str) -> HTTPResponse:
        languages = await _in_thread(self._library.languages)
        if language not in languages:
            return await self._missing(request)
        question = str(request.args.get("q") or "").strip()[:LONGEST_QUESTION]
        if question:
            self._parts.limits.take(SEARCH_BY_ADDRESS, self._parts.limits.reference(address_of(request)))
            answers = await _in_thread(lambda: self._search(question, language))
            page = help_html.results_page(language, question, answers, languages, self._say(language))
        else:
            articles = await _in_thread(lambda: self._shown(language))
            page = help_html.index_page(language, list(articles), languages, self._say(language))
        return html(page, headers=_HEADERS)

    async def article(self, request: Request, language: str, slug: str) -> HTTPResponse:
        if not slug:  # "/help/en/" is this route too
            return await self.index(request, language)
        versions = await _in_thread(lambda: self._versions(slug))
        if language not in versions:
            return await self._missing(request, language)
        page = help_html.article_page(versions[language], list(versions), self._say(language))
        return html(page, headers=_HEADERS)

    async def _missing(self, request: Request, language: str = "") -> HTTPResponse:
        languages = await _in_thread(self._library.languages)
        language = language if language in languages else await self._language_for(request)
        return html(help_html.missing_page(language, languages, self._say(language)), 404, headers=_HEADERS)

    async def _language_for(self, request: Request) -> str:
        """The browser's first language, else the shop's, else English."""
        wanted = str(request.headers.get("accept-language", "")).split(",")[0].split(";")[0].strip()
        return first_language(wanted, self._parts.settings.shop_locale, await _in_thread(self._library.languages))

    def _shown(self, language: str) -> Sequence[Article]:
        return [each for each in self._library.articles(language).values() if self._library.is_shown(each)]

    def _versions(self, slug: str) -> dict[str, Article]:
        """An article in every language that has it."""
        articles = {language: self._library.articles(language).get(slug) for language in self._library.languages()}
        return {language: each for language, each in articles.items() if each and self._library.is_shown(each)}

    def _search(self, question: str, language: str) -> list[Found]:
        with self._opening:
            if self._articles is None:
                # The normaliser takes a second to load and much memory: not before somebody searches.
                from bot.knowledge.articles import Articles

                self._articles = Articles(self._library)
        return self._articles.matches(question, language)

    def _say(self, language: str) -> help_html.Say:
        return help_html.Say(self._parts.words, language)


async def _in_thread(work: Callable[[], _T]) -> _T:
    """Files are read and searched beside the loop that serves everybody."""
    return await asyncio.get_running_loop().run_in_executor(None, work)
