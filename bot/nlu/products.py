"""Products that a text names, by their titles as the store has them: in part, misspelt, or by another name."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.nlu.phrases import PhraseBook, longest, word_splitter
from bot.nlu.title_words import title_words
from bot.nlu.word_forms import WordForms, stem, words_of

CLEAR = 0.5  # score from which on a product counts as named
AS_GOOD = 0.1  # scores that near to one another are equally good
EVERYDAY, THING = 0.3, 1.5  # weights of words that tell little, and of what the product is
MENDED = 0.9  # a misspelt word counts so much
WITHOUT_THING = 0.85  # and a title without what it is ("the batik one")
FEW_WORDS = 4  # a text as short as that may name a product by one such word
SHORTEST_VALUE = 3  # characters; a shorter option ("M", "39") counts only as the catalogue writes it


@dataclass(frozen=True)
class CatalogueProduct:
    """``options``: the values of each option, as in ``{"size": ["S", "M"]}``."""

    id: str
    title: str
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class ProductMention:
    """A product that is named.

    Attributes:
        value: its title.
        options: which of its values the text names, by option.
        score: from 0 to 1, how well the text fits.
    """

    product_id: str
    value: str
    options: Mapping[str, str]
    score: float


@dataclass(frozen=True)
class _Title:
    weights: Mapping[str, float]
    things: frozenset[str]  # the words that say what it is


class ProductFinder:
    """Made once for a catalogue.

    Args:
        products: as the store has them; a title alone is its own id.
        things: words of titles that say what a product is, and what else that is called:
            ``{"sneakers": ["kasut kanvas"]}``.
        values: the same for the values of options: ``{"navy": ["biru tua"]}``.
        endings: what may stand at the end of any word: ``["nya"]``.
    """

    def __init__(
        self,
        products: Sequence[CatalogueProduct | str],
        things: Mapping[str, Iterable[str]] | None = None,
        values: Mapping[str, Iterable[str]] | None = None,
        endings: Iterable[str] = (),
    ) -> None:
        self._products = [CatalogueProduct(each, each) if isinstance(each, str) else each for each in products]
        self._everyday = {stem(word) for word in title_words().everyday}
        called = [(name, key) for also in (things, values) for key, o in (also or {}).items() for name in (key, *o)]
        texts = [*(name for name, _ in called), *(product.title for product in self._products), *self._values()]
        vocabulary = {word for text in texts for word in words_of(text)}
        self._forms = WordForms(vocabulary, title_words().ordinary, endings)
        self._nlp = word_splitter()
        self._names = PhraseBook(self._nlp, [(_plain(name), _plain(key)) for name, key in called])
        self._things = {_plain(key) for key in things or {}}
        self._titles = self._weighed()

    def find(self, text: str) -> list[ProductMention]:
        """What is named, best first: equally good ones together, others only for words that those leave over."""
        said, mended, count = self._heard(text)
        scored = ((self._score(title, said, mended, count), i) for i, title in enumerate(self._titles))
        clear = sorted((each for each in scored if each[0] >= CLEAR), key=lambda each: (-each[0], each[1]))
        taken: dict[str, float] = {}
        mentions: list[ProductMention] = []
        for score, i in clear:
            words = said & self._titles[i].weights.keys()
            if all(taken.get(word, 0.0) > score + AS_GOOD for word in words):
                continue
            taken = {**dict.fromkeys(words, score), **taken}
            product = self._products[i]
            mentions.append(
                ProductMention(product.id, product.title, self._options(product, text, said), round(score, 3))
            )
        return mentions

    def _heard(self, text: str) -> tuple[set[str], set[str], int]:
        """The words of a text as titles have them, those of them that were misspelt, and how many were typed."""
        forms = [self._forms.known(word) for word in words_of(text)]
        tokens = self._tokens([form for form, _ in forms])
        return set(tokens), {form for form, was_mended in forms if was_mended}, len(forms)

    def _tokens(self, forms: Sequence[str], in_title: bool = False) -> list[str]:
        """Each word, and where words are a name of something the thing's own name instead.

        "Coffee Body Scrub" is no coffee: where a title says what it is, its other words are no names of things.
        """
        doc = self._nlp.make_doc(" ".join(forms))
        names = longest(self._names.find(doc))
        if in_title:
            names = [name for name in names if _within(name.meaning, doc[name.start : name.end].text)] or names
        covered = {token for name in names for token in range(name.start, name.end)}
        return [name.meaning for name in names] + [token.text for token in doc if token.i not in covered]

    def _values(self) -> list[str]:
        return [value for product in self._products for values in product.options.values() for value in values]

    def _weighed(self) -> list[_Title]:
        tokens = [set(self._tokens(_plain(each.title).split(), in_title=True)) for each in self._products]
        known_in = Counter(word for of_title in tokens for word in of_title)
        titles = []
        for product, of_title in zip(self._products, tokens, strict=True):
            telling = [word for word in _plain(product.title).split() if word in of_title - self._everyday]
            things = frozenset(of_title & self._things) or frozenset(telling[-1:])
            weights = {}
            for word in sorted(of_title):
                kind = THING if word in things else EVERYDAY if word in self._everyday else 1.0
                weights[word] = kind * math.log(1 + len(tokens) / known_in[word])
            titles.append(_Title(weights, things))
        return titles

    def _score(self, title: _Title, said: set[str], mended: set[str], count: int) -> float:
        hits = said & title.weights.keys()
        telling = hits - self._everyday
        if not telling:
            return 0.0
        whole, part = sum(title.weights.values()), sum(title.weights[word] for word in hits)
        score = (1 + part / whole) / 2  # a part of the title is enough where it tells the product
        if not hits & title.things:
            if len(hits) == 1 and count > FEW_WORDS:
                return 0.0
            score *= WITHOUT_THING
        return score * (MENDED if mended & hits else 1.0)

    def _options(self, product: CatalogueProduct, text: str, said: set[str]) -> dict[str, str]:
        """Of several values of one option the longest."""
        named: dict[str, str] = {}
        forms = " ".join(self._forms.known(word)[0] for word in words_of(text))
        for option, values in product.options.items():
            for value in values:
                plain = _plain(value)
                short = len(value) < SHORTEST_VALUE
                there = re.search(rf"(?<![\w'.,]){re.escape(value)}(?![\w']|[.,]\d)", text) if short else None
                heard = not short and (_within(plain, forms) or plain in said)
                if (there or heard) and len(value) > len(named.get(option, "")):
                    named[option] = value
        return named


def _within(words: str, text: str) -> bool:
    return f" {words} " in f" {text} "


def _plain(text: str) -> str:
    return " ".join(stem(word) for word in words_of(text))
