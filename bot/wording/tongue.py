"""How one person is spoken to: their words, their sentences, money and dates as their country writes them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.languages import ENGLISH, language_of, spoken_languages
from bot.wording.formats import Formats, formats_for
from bot.wording.sentences import Sentences, sentences_in
from bot.wording.words import Words, words_in

DESK_WORDS = "orders"  # data/desk/orders.<language>.yml


class Speaks(Protocol):
    """Whoever has words and formats: a ``Tongue``, or an action's voice."""

    @property
    def words(self) -> Words: ...

    @property
    def formats(self) -> Formats: ...


@dataclass(frozen=True)
class Tongue:
    language: str
    words: Words
    formats: Formats
    sentences: Sentences

    def say(self, response: str, **values: object) -> str:
        """A response of ``data/responses``."""
        return self.sentences.text(response, self.language, **values)


@dataclass(frozen=True)
class Wording:
    """Where the words lie. ``whole_amounts``: currencies without cents, from the policy."""

    words_dir: Path
    responses_dir: Path
    desk_dir: Path
    whole_amounts: Collection[str] = ()

    def shopper(self, language: str, locale: str, time_zone: str) -> Tongue:
        """As the bot speaks to a shopper; ``language`` or the page's ``locale``."""
        return self._tongue(language, locale, time_zone, words_in(self._spoken(language), self.words_dir))

    def agent(self, locale: str, time_zone: str) -> Tongue:
        """As the desk speaks to an agent: the same words, but for those that address the shopper."""
        language = self._spoken(locale)
        words = words_in(language, self.desk_dir, DESK_WORDS).over(words_in(language, self.words_dir))
        return self._tongue(language, locale, time_zone, words)

    def _spoken(self, locale: str) -> str:
        language = language_of(locale)
        return language if language in spoken_languages(self.words_dir) else ENGLISH

    def _tongue(self, language: str, locale: str, time_zone: str, words: Words) -> Tongue:
        language = self._spoken(language)
        formats = formats_for(locale, time_zone, words.group("money"), self.whole_amounts, language=language)
        return Tongue(language, words, formats, sentences_in(self.responses_dir))
