"""What the entity finder knows, as data: shapes and currencies in any language, words in each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, Extra
from pydantic import StrictStr as Word  # YAML reads a bare no as False: that must not pass for a word

FOLDER = Path(__file__).parent
SHAPES = FOLDER / "shapes.yml"
CURRENCIES = FOLDER / "currencies.yml"
LANGUAGE_NAMES = FOLDER / "language_names.yml"


class Strict(BaseModel, extra=Extra.forbid):
    """Says so when a file has something that is not understood."""


class Shape(Strict):
    """A regular expression; ``sure`` if it alone tells what the number is."""

    shape: Word
    sure: bool


class NumberWords(Strict):
    """``plus_ten`` adds ten to the word before it ("dua belas"), ``times`` multiplies it ("dua puluh")."""

    words: dict[Word, int]
    plus_ten: list[Word]
    times: dict[Word, int]


class QuantityWords(Strict):
    articles: dict[Word, int]
    counted: dict[Word, int]
    packs: dict[Word, int]
    after: list[Word]
    only_after: list[Word]
    before: list[Word]
    of: list[Word]
    both: list[Word]
    all: list[Word]
    none: list[Word]
    polite: list[Word]
    not_behind: list[Word]


class DateWords(Strict):
    """``days`` count from today, ``weekdays`` from Monday; ``weak`` words are dates only beside another date word."""

    days: dict[Word, int]
    yesterday_or_last: list[Word]
    weekdays: dict[Word, int]
    months: dict[Word, int]
    weak: list[Word]
    units: dict[Word, Literal["day", "week", "month", "year"]]
    one_unit: dict[Word, Literal["day", "week", "month", "year"]]
    ago: list[Word]
    last_before: list[Word]
    last_after: list[Word]
    past_after: list[Word]
    next_before: list[Word]
    next_after: list[Word]
    this_before: list[Word]
    this_after: list[Word]
    within_before: list[Word]
    within_after: list[Word]
    day_before: list[Word]
    ordinal_before: list[Word]
    day_after: list[Word]
    ordinal: list[Word]
    filler: list[Word]
    coming: list[Word]


class MoneyWords(Strict):
    multipliers: dict[Word, int]
    bare: dict[Word, Word]


class StreetWords(Strict):
    """``numbered`` are those of ``before`` that only a number or a letter may follow ("Lot 7", "Blok C")."""

    before: list[Word]
    after: list[Word]
    numbered: list[Word]
    never_next: list[Word]


class Words(Strict):
    """The words of one language."""

    context: dict[Word, list[Word]]
    numbers: NumberWords
    quantity: QuantityWords
    dates: DateWords
    money: MoneyWords
    street: StreetWords


class Currencies(Strict):
    """ISO 4217 codes by what stands before or after an amount."""

    before: dict[Word, Word]
    after: dict[Word, Word]


class LanguageNames(Strict):
    names: dict[Word, list[Word]]
    unwanted_before: list[Word]
    unwanted_behind: list[Word]


def words_file(language: str) -> Path:
    return FOLDER / f"patterns.{language}.yml"


def data_files(languages: Sequence[str]) -> list[Path]:
    """All files that these functions read, for fingerprints."""
    return [SHAPES, CURRENCIES, LANGUAGE_NAMES, *(words_file(language) for language in languages)]


def load_shapes() -> dict[str, list[Shape]]:
    return {entity: [Shape.parse_obj(shape) for shape in shapes] for entity, shapes in _read(SHAPES).items()}


def load_currencies() -> Currencies:
    return Currencies.parse_obj(_read(CURRENCIES))


def load_language_names() -> LanguageNames:
    return LanguageNames.parse_obj(_read(LANGUAGE_NAMES))


def load_words(languages: Sequence[str]) -> dict[str, Words]:
    """The words of these languages, by language.

    Args:
        languages: two-letter codes; each needs a file ``patterns.<code>.yml``.

    Raises:
        FileNotFoundError: a language has no file.
        pydantic.ValidationError: a file says something that is not understood.
    """
    return {language: Words.parse_obj(_read(words_file(language))) for language in languages}


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
